package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.config.Window;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.TableSettings;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schedule}: when entities are synced. */
@Command(name = "schedule", description = "Show the schedules; pause and resume them.")
final class ScheduleVerb implements Callable<Integer> {
    private final Context context;

    ScheduleVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", description = "List them.")
    int list() {
        Settings settings = context.settings();
        Table table = new Table("entity", "every", "cron", "window", "state", "last_sync", "due");
        Optional<State> opened = State.toRead(settings, context.surroundings().clock());
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                Set<String> paused = new HashSet<>();
                state.all().forEach(stores -> paused.addAll(stores.entities().paused()));
                for (EntityRecord entity : state.entities()) {
                    add(table, settings, entity, paused.contains(entity.uid()));
                }
            }
        }
        context.output().table(table, "No entity is known yet.");
        return ExitCode.OK.number();
    }

    private static void add(Table table, Settings settings, EntityRecord entity, boolean paused) {
        Optional<ConnectorSettings.Schedule> schedule = settings.connector(entity.connector())
                .map(connector -> TableSettings.of(connector, entity).schedule().orElse(connector.schedule()));
        Optional<String> cron = schedule.flatMap(ConnectorSettings.Schedule::cron);
        boolean isLive = entity.enabled() && schedule.isPresent();
        Instant last = entity.lastSyncAt();
        Instant due = isLive && !paused && cron.isEmpty() && last != null
                ? last.plus(schedule.get().every())
                : null;
        Optional<Window> window = settings.connector(entity.connector())
                .flatMap(connector -> TableSettings.of(connector, entity).window());
        if (due != null && window.isPresent() && window.get().at(due).isEmpty()) {
            due = window.get().after(due).begin();
        }
        table.row(
                entity.name(),
                cron.isPresent() ? null : schedule.map(ConnectorSettings.Schedule::every),
                cron,
                window,
                isLive ? (paused ? "paused" : "on") : "off",
                last,
                due);
    }

    @Command(name = "pause", description = "Stop the schedules of entities; sync by hand still works.")
    int pause(
            @Parameters(paramLabel = "ENTITY", arity = "1..*", description = "Names, and patterns with *.") @Nullable
                    List<String> names) {
        return set(names, true);
    }

    @Command(name = "resume", description = "Let the schedules of entities go on.")
    int resume(
            @Parameters(paramLabel = "ENTITY", arity = "1..*", description = "Names, and patterns with *.") @Nullable
                    List<String> names) {
        return set(names, false);
    }

    private int set(@Nullable List<String> names, boolean paused) {
        try (State state =
                State.toChange(context.settings(), context.surroundings().clock())) {
            List<EntityRecord> entities = Choice.named(state, names == null ? List.of() : names);
            for (EntityRecord entity : entities) {
                state.stores(entity).entities().setPaused(entity.uid(), paused);
                state.note(entity, paused ? "schedule.pause" : "schedule.resume", null, null);
            }
            List<String> done = entities.stream().map(EntityRecord::name).toList();
            String what = paused ? "Paused" : "Resumed";
            context.output()
                    .done(what + ": " + String.join(", ", done) + ".", Map.of(paused ? "paused" : "resumed", done));
        }
        return ExitCode.OK.number();
    }
}
