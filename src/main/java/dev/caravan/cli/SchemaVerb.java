package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.TableLink;
import dev.caravan.store.SchemaVersionRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schema}: how the sources' tables changed. */
@Command(name = "schema", description = "Show schemas and their changes, and decide on those that wait.")
final class SchemaVerb implements Callable<Integer> {
    private final Context context;

    SchemaVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return diff(null);
    }

    @Command(name = "diff", description = "Show what waits for a decision.")
    int diff(@Parameters(paramLabel = "ENTITY", arity = "0..1") @Nullable String name) {
        Table table = new Table("entity", "level", "decision", "difference", "effect");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (EntityRecord entity : chosen(state, name)) {
                    state.stores(entity)
                            .schemas()
                            .newest(entity.uid())
                            .filter(version -> waits(version, entity))
                            .ifPresent(version -> table.row(
                                    entity.name(),
                                    version.level(),
                                    version.decision(),
                                    version.difference(),
                                    effect(version.level(), version.decision())));
                }
            }
        }
        context.output().table(table, "No schema change waits for a decision.");
        return ExitCode.OK.number();
    }

    private static boolean waits(SchemaVersionRepository.Version version, EntityRecord entity) {
        return switch (version.decision()) {
            case "open", "refused" -> true;
            case "approved" ->
                entity.note() != null || !version.level().equals("info") && !version.is(entity.columns());
            default -> false;
        };
    }

    private static String effect(String level, String decision) {
        if (decision.equals("approved")) {
            return "the next sync takes it up";
        }
        return level.equals("stop") ? "not synced" : "synced with the columns as they were";
    }

    private static List<EntityRecord> chosen(State state, @Nullable String name) {
        return name == null ? state.entities() : List.of(state.entity(name));
    }

    @Command(name = "show", description = "Show the columns of an entity as they are synced.")
    int show(@Parameters(paramLabel = "ENTITY") String name) {
        Table table = new Table("column", "declared", "type", "key", "nullable");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (Column column : state.entity(name).columns()) {
                    table.row(
                            column.name(),
                            column.declaredType(),
                            column.type().toString(),
                            column.key(),
                            column.nullable());
                }
            }
        }
        context.output().table(table, "No schema is remembered.");
        return ExitCode.OK.number();
    }

    @Command(name = "keys", description = "Show which columns lead to other tables, and how that is known.")
    int keys(@Parameters(paramLabel = "ENTITY", arity = "0..1") @Nullable String name) {
        Table table = new Table("entity", "column", "table", "referenced", "found", "synced");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                List<EntityRecord> all = state.entities();
                for (EntityRecord entity : chosen(state, name)) {
                    for (TableLink link : state.stores(entity).schemas().links(entity.uid())) {
                        boolean synced = all.stream()
                                .anyMatch(other -> other.connector().equals(entity.connector())
                                        && other.slug().equals(link.table())
                                        && other.enabled());
                        table.row(entity.name(), link.column(), link.table(), link.referenced(), link.found(), synced);
                    }
                }
            }
        }
        context.output().table(table, "No foreign key is known.");
        return ExitCode.OK.number();
    }

    @Command(name = "history", description = "Show each schema that was seen, the newest first.")
    int history(@Parameters(paramLabel = "ENTITY", arity = "0..1") @Nullable String name) {
        Table table = new Table("entity", "version", "seen", "level", "decision", "decided_by", "difference");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (EntityRecord entity : state.entities()) {
                    if (name == null || state.entity(name).uid().equals(entity.uid())) {
                        for (SchemaVersionRepository.Version version :
                                state.stores(entity).schemas().history(entity.uid())) {
                            table.row(
                                    entity.name(),
                                    version.number(),
                                    version.seenAt(),
                                    version.level(),
                                    version.decision(),
                                    version.decidedBy(),
                                    version.difference());
                        }
                    }
                }
            }
        }
        context.output().table(table, "No schema is remembered.");
        return ExitCode.OK.number();
    }

    @Command(name = "approve", description = "Take the new schema; the entity is synced again.")
    int approve(@Parameters(paramLabel = "ENTITY") String name) {
        return decide(name, true);
    }

    @Command(name = "refuse", description = "Leave the table as it is; the entity stays stopped.")
    int refuse(@Parameters(paramLabel = "ENTITY") String name) {
        return decide(name, false);
    }

    private int decide(String name, boolean approved) {
        String what = approved ? "approved" : "refused";
        try (State state =
                State.toChange(context.settings(), context.surroundings().clock())) {
            EntityRecord entity = state.entity(name);
            SchemaVersionRepository.Version open = state.stores(entity)
                    .schemas()
                    .newest(entity.uid())
                    .filter(version -> version.decision().equals("open")
                            || approved && version.decision().equals("refused"))
                    .orElseThrow(() -> new CaravanException(
                            FaultKind.CONFIGURATION,
                            "NOTHING_OPEN",
                            "No schema change of " + entity.name() + " waits for a decision"));
            state.stores(entity)
                    .schemas()
                    .decide(open.uid(), what, "cli " + System.getProperty("user.name", "somebody"));
            state.note(entity, approved ? "schema.approve" : "schema.refuse", open.decision(), open.difference());
            String next = approved ? "; its next sync takes it up." : ".";
            context.output()
                    .done(
                            "The new schema of " + entity.name() + " is " + what + next,
                            Map.of(
                                    "entity",
                                    entity.name(),
                                    "decision",
                                    what,
                                    "difference",
                                    String.valueOf(open.difference())));
        }
        return ExitCode.OK.number();
    }

    private Optional<State> open() {
        return State.toRead(context.settings(), context.surroundings().clock());
    }
}
