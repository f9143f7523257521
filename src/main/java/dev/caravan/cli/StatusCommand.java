package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the entities and how they stand. */
@Command(name = "status", description = "How the entities stand.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Override
    public Integer call() {
        List<EntityRecord> entities = shared.read(stores -> stores.entities().all());
        TextTable table = new TextTable("entity", "synced", "state", "rows", "last sync", "row version", "note");
        for (EntityRecord entity : entities) {
            String note = entity.deletesHeld() == null ? entity.note() : entity.deletesHeld() + " deletions wait";
            table.add(
                    entity.name(),
                    entity.enabled() ? "yes" : "no",
                    entity.lastSyncStatus() == null ? "never" : entity.lastSyncStatus(),
                    entity.total(),
                    entity.lastSyncAt(),
                    entity.lastRowversion(),
                    note);
        }
        table.print(shared);
        return ExitCode.OK.code();
    }
}
