package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.model.EntityRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code status}: where each entity stands. */
@Command(name = "status", description = "Show where each entity stands.")
final class StatusVerb implements Callable<Integer> {
    private final Context context;

    StatusVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settings();
        Table table =
                new Table("entity", "state", "last_sync", "rows", "row_version", "strategy", "dead_letters", "note");
        Optional<State> opened = State.toRead(settings, context.surroundings().clock());
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                Map<String, Long> letters = new HashMap<>();
                state.all()
                        .forEach(stores -> letters.putAll(stores.deadLetters().countByEntity()));
                state.entities().forEach(entity -> add(table, entity, letters));
            }
        }
        context.output()
                .table(table, "Nothing was synced into " + settings.database().shownUrl() + " yet.");
        return ExitCode.OK.number();
    }

    private static void add(Table table, EntityRecord entity, Map<String, Long> letters) {
        String status = entity.lastSyncStatus();
        String state = entity.enabled() ? (status == null ? "never synced" : status) : "disabled";
        Long held = entity.deletesHeld();
        String note = held == null ? entity.note() : held + " deletions wait for 'caravan approve deletes'";
        table.row(
                entity.name(),
                state,
                entity.lastSyncAt(),
                entity.total(),
                entity.lastRowversion(),
                entity.strategy().text(),
                letters.getOrDefault(entity.uid(), 0L),
                note);
    }
}
