package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the newest runs. */
@Command(name = "runs", description = "The newest runs.", mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Parameters(paramLabel = "ENTITY", arity = "0..1", description = "only of this one")
    private @Nullable String entity;

    @Option(names = "--limit", defaultValue = "20", description = "how many at the most")
    private int limit = 20;

    @Override
    public Integer call() {
        TextTable table = new TextTable(
                "entity", "type", "status", "started", "fetched", "added", "updated", "deleted", "skipped", "failed",
                "error");
        shared.read(stores -> {
            Map<String, String> names = new HashMap<>();
            stores.entities().all().forEach(e -> names.put(e.uid(), e.name()));
            String uid = entity == null
                    ? null
                    : stores.entities().find(entity).map(EntityRecord::uid).orElse("");
            for (RunRecord run : stores.runs().latest(uid, limit)) {
                table.add(
                        names.get(run.entityUid()),
                        run.type(),
                        run.status(),
                        run.startedAt(),
                        run.counts().fetched(),
                        run.counts().inserted(),
                        run.counts().updated(),
                        run.counts().deleted(),
                        run.counts().skipped(),
                        run.counts().failed(),
                        run.errorMessage());
            }
            return names;
        });
        table.print(shared);
        return ExitCode.OK.code();
    }
}
