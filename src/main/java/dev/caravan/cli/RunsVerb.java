package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunRecord;
import dev.caravan.store.StatisticsRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runs}: the history. */
@Command(name = "runs", description = "Show the latest runs, the newest first.")
final class RunsVerb implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "ENTITY", arity = "0..1", description = "Only of this one.")
    private @Nullable String name;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            converter = CountConverter.class,
            description = "Most runs (default: 20).")
    private int limit;

    RunsVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settings();
        Table table = new Table(
                "run",
                "entity",
                "type",
                "trigger",
                "started",
                "took",
                "status",
                "fetched",
                "inserted",
                "updated",
                "deleted",
                "skipped",
                "failed",
                "efficiency",
                "success_rate",
                "code",
                "message");
        Optional<State> opened = State.toRead(settings, context.surroundings().clock());
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                fill(table, state);
            }
        }
        context.output().table(table, "No run is remembered.");
        return ExitCode.OK.number();
    }

    private void fill(Table table, State state) {
        Map<String, String> names = new HashMap<>();
        for (EntityRecord entity : state.entities()) {
            names.put(entity.uid(), entity.name());
        }
        String uid = name == null ? null : state.entity(name).uid();
        List<RunRecord> runs = new ArrayList<>();
        state.all().forEach(stores -> runs.addAll(stores.runs().latest(uid, limit)));
        runs.sort(Comparator.comparing(RunRecord::startedAt).reversed());
        for (RunRecord run : runs.subList(0, Math.min(limit, runs.size()))) {
            add(table, run, names.getOrDefault(run.entityUid(), run.entityUid()));
        }
    }

    private static void add(Table table, RunRecord run, String entity) {
        Instant end = run.completedAt();
        table.row(
                run.uid(),
                entity,
                run.type(),
                run.trigger(),
                run.startedAt(),
                end == null ? null : Duration.between(run.startedAt(), end),
                run.status(),
                run.counts().fetched(),
                run.counts().inserted(),
                run.counts().updated(),
                run.counts().deleted(),
                run.counts().skipped(),
                run.counts().failed(),
                StatisticsRepository.efficiency(run.counts()),
                StatisticsRepository.successRate(run.counts()),
                run.errorCode(),
                run.errorMessage());
    }
}
