package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import dev.caravan.store.SchemaVersionRepository;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schema}: how the sources' tables changed. */
@Command(name = "schema", description = "Show schema changes, and decide on those that stopped an entity.")
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
        Table table = new Table("entity", "difference");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                state.stores().entities().all().stream()
                        .filter(entity -> entity.note() != null)
                        .filter(entity ->
                                name == null || state.entity(name).uid().equals(entity.uid()))
                        .forEach(entity -> table.row(entity.name(), entity.note()));
            }
        }
        context.output().table(table, "No schema change waits for a decision.");
        return ExitCode.OK.number();
    }

    @Command(name = "history", description = "Show each schema that was seen, the newest first.")
    int history(@Parameters(paramLabel = "ENTITY", arity = "0..1") @Nullable String name) {
        Table table = new Table("entity", "version", "level", "decision", "difference");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (EntityRecord entity : state.stores().entities().all()) {
                    if (name == null || state.entity(name).uid().equals(entity.uid())) {
                        for (SchemaVersionRepository.Version version :
                                state.stores().schemas().history(entity.uid())) {
                            table.row(
                                    entity.name(),
                                    version.number(),
                                    version.level(),
                                    version.decision(),
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
        try (Operations running = context.start(context.settingsToRun(false))) {
            running.decideSchema(name, approved);
        }
        String what = approved ? "approved" : "refused";
        context.output()
                .done("The new schema of " + name + " is " + what + ".", Map.of("entity", name, "decision", what));
        return ExitCode.OK.number();
    }

    private Optional<State> open() {
        return State.toRead(
                context.settings().database(), context.surroundings().clock());
    }
}
