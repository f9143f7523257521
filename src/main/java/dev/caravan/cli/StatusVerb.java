package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.config.Window;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Stores;
import dev.caravan.store.BackgroundRepository.Background;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code status}: where each entity stands, and with {@code --json} the sums over all that is remembered. */
@Command(name = "status", description = "Show where each entity stands; as JSON with sums over runs and records.")
final class StatusVerb implements Callable<Integer> {
    private final Context context;

    StatusVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settings();
        Table table = table();
        Statistics statistics = new Statistics();
        List<String> alerts = new ArrayList<>();
        Optional<State> opened = State.toRead(settings, context.surroundings().clock());
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                fill(table, state, context.surroundings().clock().instant());
                if (context.output().isJson()) {
                    statistics.add(state);
                }
                for (Stores stores : state.all()) {
                    stores.alerts()
                            .open()
                            .forEach(alert -> alerts.add(EntityOutcome.named(alert.subject(), alert.message())));
                }
            }
        }
        if (!context.output().isJson()) {
            context.output()
                    .table(
                            table,
                            "Nothing was synced into " + settings.database().shownUrl() + " yet.");
            alerts.forEach(alert -> context.output().line("alert: " + alert));
            return ExitCode.OK.number();
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("entities", table.data());
        document.putAll(statistics.document());
        context.output().json(document);
        return ExitCode.OK.number();
    }

    private static Table table() {
        return new Table(
                "entity",
                "state",
                "last_sync",
                "rows",
                "row_version",
                "strategy",
                "dead_letters",
                "waiting",
                "window",
                "position",
                "note");
    }

    private static void fill(Table table, State state, Instant now) {
        Map<String, Long> letters = new HashMap<>();
        Map<String, Long> children = new HashMap<>();
        Map<String, Background> windows = new HashMap<>();
        for (Stores stores : state.all()) {
            letters.putAll(stores.deadLetters().countByEntity());
            stores.statistics().children().forEach(some -> children.merge(some.entityUid(), some.count(), Long::sum));
            stores.background().active().forEach(window -> windows.put(window.entityUid(), window));
        }
        for (EntityRecord entity : state.entities()) {
            Background window = windows.get(entity.uid());
            String status = entity.lastSyncStatus();
            Long held = entity.deletesHeld();
            table.row(
                    entity.name(),
                    entity.enabled() ? (status == null ? "never synced" : status) : "disabled",
                    entity.lastSyncAt(),
                    entity.total(),
                    entity.lastRowversion(),
                    entity.strategy().text(),
                    letters.getOrDefault(entity.uid(), 0L),
                    children.get(entity.uid()),
                    window == null ? null : text(window, now),
                    window == null ? null : window.offset(),
                    held == null ? entity.note() : held + " deletions wait for 'caravan approve deletes'");
        }
    }

    private static @Nullable String text(Background background, Instant now) {
        Window window = new Window(
                LocalTime.parse(background.begin()), LocalTime.parse(background.end()), ZoneId.of(background.zone()));
        return window.at(now)
                .map(opening -> window + ", open until " + opening.end())
                .orElseGet(() -> window + ", opens " + window.after(now).begin());
    }
}
