package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.mapping.StoredChain;
import dev.caravan.model.EntityRecord;
import dev.caravan.store.FieldMappingRepository.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mappings}: what becomes of fields. */
@Command(name = "mappings", description = "Show what becomes of fields; save, drop and check mappings.")
final class MappingsVerb implements Callable<Integer> {
    private final Context context;

    MappingsVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return list(null);
    }

    @Command(name = "list", description = "List those of the file and those that are saved.")
    int list(
            @Parameters(paramLabel = "ENTITY", arity = "0..1", description = "Only of this one.") @Nullable
                    String name) {
        Settings settings = context.settings();
        Table table = new Table("entity", "field", "target", "transformation", "default", "required", "rules", "from");
        for (MappingList.Line line : MappingList.of(settings, opened(settings), name)) {
            StoredChain chain = line.pieces();
            table.row(
                    line.entity(),
                    line.field(),
                    chain.target(),
                    chain.transformation(),
                    chain.defaultValue(),
                    chain.required(),
                    chain.validation(),
                    line.from());
        }
        context.output().table(table, "No field is mapped.");
        return ExitCode.OK.number();
    }

    private Optional<State> opened(Settings settings) {
        return State.toRead(settings, context.surroundings().clock());
    }

    @Command(name = "check", description = "Say what is wrong with any of them.")
    int check(
            @Parameters(paramLabel = "ENTITY", arity = "0..1", description = "Only of this one.") @Nullable
                    String name) {
        Settings settings = context.settings();
        List<MappingList.Line> lines = MappingList.of(settings, opened(settings), name);
        Map<String, String> wrong = new LinkedHashMap<>();
        for (MappingList.Line line : lines) {
            String problem = line.problem();
            if (problem != null) {
                wrong.put(line.entity() + "." + line.field(), problem);
            }
        }
        wrong.values().stream().distinct().forEach(problem -> context.output().line(problem));
        if (context.output().isJson()) {
            context.output().json(Map.of("mappings", lines.size(), "problems", wrong));
        } else if (wrong.isEmpty()) {
            context.output().say(lines.size() + (lines.size() == 1 ? " mapping, good." : " mappings, all good."));
        }
        return (wrong.isEmpty() ? ExitCode.OK : ExitCode.CONFIGURATION).number();
    }

    @Command(name = "set", description = "Save what becomes of a field, in place of what was saved of it.")
    int set(
            @Parameters(paramLabel = "ENTITY") String name,
            @Parameters(paramLabel = "FIELD", description = "A field of the source.") String field,
            @Parameters(paramLabel = "CHAIN", description = "target | transformation | … in quotes.") String chain) {
        Settings settings = context.settings();
        try (State state = State.toChange(settings, context.surroundings().clock())) {
            EntityRecord entity = state.entity(name);
            ConnectorSettings connector = connector(settings, entity);
            MappingChange change = new MappingChange(state, connector, entity);
            Mapping saved = change.accept(field, chain);
            String before = change.saved(saved.sourceField());
            String after = MappingChange.text(saved);
            state.stores(entity).mappings().put(entity.uid(), saved);
            state.note(entity, "mappings.set", before, saved.sourceField() + " = " + after);
            if (entity.total() > 0 && entity.columns().keyNames().contains(saved.sourceField())) {
                context.output()
                        .warn(saved.sourceField() + " is of the business key: rows that are stored under another value"
                                + " count as gone, and come anew under the new one");
            }
            context.output()
                    .done(
                            entity.name() + "." + saved.sourceField() + " becomes: " + after
                                    + "\nRows take it as they come; 'caravan sync " + entity.name()
                                    + " --full' lets all of them come now.",
                            Map.of("entity", entity.name(), "field", saved.sourceField(), "chain", after));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "drop", description = "Forget what was saved of a field.")
    int drop(@Parameters(paramLabel = "ENTITY") String name, @Parameters(paramLabel = "FIELD") String field) {
        Settings settings = context.settings();
        try (State state = State.toChange(settings, context.surroundings().clock())) {
            EntityRecord entity = state.entity(name);
            Mapping known = state.stores(entity).mappings().of(entity.uid()).stream()
                    .filter(mapping -> mapping.sourceField().equalsIgnoreCase(field))
                    .findFirst()
                    .orElseThrow(() -> new CaravanException(
                            FaultKind.CONFIGURATION,
                            "MAPPING_UNKNOWN",
                            "No mapping of " + field + " is saved for " + entity.name()
                                    + "; 'caravan mappings list' shows them, and those of the file"));
            state.stores(entity).mappings().remove(entity.uid(), known.sourceField());
            state.note(entity, "mappings.drop", known.sourceField() + " = " + MappingChange.text(known), null);
            context.output()
                    .done(
                            "Dropped: " + entity.name() + "." + known.sourceField() + ".",
                            Map.of("entity", entity.name(), "dropped", known.sourceField()));
        }
        return ExitCode.OK.number();
    }

    private static ConnectorSettings connector(Settings settings, EntityRecord entity) {
        return settings.connector(entity.connector())
                .orElseThrow(() -> new CaravanException(
                        FaultKind.CONFIGURATION,
                        "CONNECTOR_UNKNOWN",
                        "The connector of " + entity.name() + " is no longer configured"));
    }
}
