package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Cursors;
import dev.caravan.route.Stores;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cursors}: how far each entity has come. */
@Command(name = "cursors", description = "Show or change how far each entity has come.")
final class CursorsVerb implements Callable<Integer> {
    private final Context context;

    CursorsVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", description = "List them.")
    int list() {
        Table table = new Table("entity", "row_version", "checkpoint");
        Optional<State> opened =
                State.toRead(context.settings(), context.surroundings().clock());
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (EntityRecord entity : state.entities()) {
                    table.row(
                            entity.name(),
                            Cursors.shown(state.stores(entity), entity),
                            state.stores(entity).cursors().checkpoint(entity.uid()));
                }
            }
        }
        context.output().table(table, "No entity is known yet.");
        return ExitCode.OK.number();
    }

    @Command(name = "set", description = "Move one forward; rows up to it are not asked for again.")
    int set(
            @Parameters(paramLabel = "ENTITY") String name,
            @Parameters(
                            paramLabel = "VERSION",
                            description = "A row version; by the strategy a version number or a time.")
                    String value) {
        try (State state = change()) {
            EntityRecord entity = state.entity(name);
            move(state, entity, value);
            context.output()
                    .done(
                            entity.name() + " stands at " + value + ".",
                            Map.of("entity", entity.name(), "row_version", value));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "reset", description = "Forget them; the next run lists everything.")
    int reset(
            @Parameters(paramLabel = "ENTITY", arity = "0..*", description = "Names, and patterns with *.") @Nullable
                    List<String> names,
            @Option(names = "--all", description = "Those of all entities.") boolean all) {
        List<String> asked = names == null ? List.of() : names;
        if (asked.isEmpty() != all) {
            throw new CaravanException(FaultKind.CONFIGURATION, "USAGE", "Name entities, or say --all");
        }
        try (State state = change()) {
            List<EntityRecord> entities = all ? state.entities() : Choice.named(state, asked);
            entities.forEach(entity -> state.whileIdle(entity, () -> clear(state, entity)));
            List<String> done = entities.stream().map(EntityRecord::name).toList();
            context.output().done("Reset: " + String.join(", ", done) + ".", Map.of("reset", done));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "export", description = "Print them as JSON.")
    int export() {
        Map<String, String> cursors = new LinkedHashMap<>();
        Optional<State> opened =
                State.toRead(context.settings(), context.surroundings().clock());
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (EntityRecord entity : state.entities()) {
                    Cursors.shown(state.stores(entity), entity).ifPresent(value -> cursors.put(entity.name(), value));
                }
            }
        }
        context.output().json(cursors);
        return ExitCode.OK.number();
    }

    @Command(name = "import", description = "Take what export printed; none of them moves back.")
    int importFrom(@Parameters(paramLabel = "FILE") Path file) {
        Map<String, String> cursors =
                CursorFile.read(context.surroundings().workingFolder().resolve(file));
        try (State state = change()) {
            Map<EntityRecord, String> moves = new LinkedHashMap<>();
            cursors.forEach((name, value) -> moves.put(state.entity(name), value));
            moves.forEach((entity, value) -> Cursors.check(state.stores(entity), entity, value));
            moves.forEach((entity, value) -> move(state, entity, value));
        }
        context.output()
                .done(
                        cursors.size() + (cursors.size() == 1 ? " cursor taken." : " cursors taken."),
                        Map.of("imported", cursors.keySet()));
        return ExitCode.OK.number();
    }

    private State change() {
        return State.toChange(context.settings(), context.surroundings().clock());
    }

    private static void move(State state, EntityRecord entity, String value) {
        Stores stores = state.stores(entity);
        state.whileIdle(entity, () -> {
            String before = Cursors.shown(stores, entity).orElse(null);
            Cursors.move(stores, entity, value);
            state.note(entity, "cursors.set", before, value);
        });
    }

    private static void clear(State state, EntityRecord entity) {
        Stores stores = state.stores(entity);
        String before = Cursors.shown(stores, entity).orElse(null);
        stores.cursors().reset(entity.uid());
        stores.entities().setLastRowversion(entity.uid(), null);
        state.note(entity, "cursors.reset", before, null);
    }
}
