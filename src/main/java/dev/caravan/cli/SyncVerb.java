package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.config.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sync}: one pass now. */
@Command(name = "sync", description = "Sync once, all entities or those named.")
final class SyncVerb implements Callable<Integer> {
    private final Context context;

    private final KeptNotes notes = new KeptNotes();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ENTITY", arity = "0..*", description = "Names or patterns: erp.items, items, 'erp.*'.")
    private List<String> entities = List.of();

    @Option(names = "--full", description = "List every row, whatever the cursor says.")
    private boolean full;

    @Option(names = "--failed", description = "Only entities whose last run did not complete.")
    private boolean failed;

    @Option(names = "--dry-run", description = "Fetch and compare, write nothing.")
    private boolean dryRun;

    @Option(names = "--limit", paramLabel = "N", description = "Most rows an entity.")
    private @Nullable Long limit;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "Begin above this row version, or at this time (Dataverse).")
    private @Nullable String since;

    @Option(
            names = "--wait",
            paramLabel = "D",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long to wait for another process (default: ${DEFAULT-VALUE}).")
    private Duration wait = Duration.ZERO;

    @Option(names = "--trace", paramLabel = "KEY", description = "Tell the way of the record with this business key.")
    private @Nullable String trace;

    SyncVerb(Context context) {
        this.context = context;
    }

    /** {@code 30s}, {@code 5m}; a bare number is seconds. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Units.duration(text.matches("\\d+") ? text + "s" : text)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + text + "' is not a duration such as 30s or 5m"));
        }
    }

    @Override
    public Integer call() {
        SyncRequest request = request();
        Settings settings = context.settingsToRun(false);
        try (Operations running = context.start(settings);
                Signals signals = Signals.listen(running::stop);
                Progress progress = trace != null && context.output().isJson() ? notes : Progress.of(context)) {
            return pass(running, request, signals, progress);
        }
    }

    private int pass(Operations running, SyncRequest request, Signals signals, Progress progress) {
        List<EntityOutcome> outcomes;
        try {
            outcomes = running.sync(request, progress);
        } catch (RuntimeException stopped) {
            Optional<ExitCode> signal = signals.received();
            if (signal.isEmpty()) {
                throw stopped;
            }
            context.output().warn("stopped; what is stored stays, and the next sync goes on from there");
            return signal.get().number();
        }
        progress.close();
        ExitCode code = signals.received().orElseGet(() -> ExitCode.of(outcomes));
        show(outcomes, code);
        return code.number();
    }

    private SyncRequest request() {
        if (limit != null && limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be 1 or more");
        }
        if (full && since != null) {
            throw new ParameterException(spec.commandLine(), "--full and --since exclude each other");
        }
        return new SyncRequest(
                entities,
                full,
                failed,
                dryRun,
                limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
                Optional.ofNullable(since),
                wait,
                Optional.ofNullable(trace));
    }

    private void show(List<EntityOutcome> outcomes, ExitCode code) {
        Output output = context.output();
        if (output.isJson()) {
            Map<String, @Nullable Object> document = Sums.document(outcomes, code);
            document.put("dry_run", dryRun);
            if (trace != null) {
                document.put("notes", notes.lines());
            }
            output.json(document);
            return;
        }
        if (!output.isQuiet()) {
            output.table(Sums.shortTable(outcomes), "Nothing is to be synced.");
        }
        for (EntityOutcome outcome : outcomes) {
            if (outcome.told() != null) {
                context.surroundings().err().println(outcome.told());
            }
        }
        context.surroundings().err().flush();
        if (!outcomes.isEmpty()) {
            output.say((dryRun ? "Dry run, nothing is written. " : "") + Sums.sentence(outcomes));
        }
    }
}
