package dev.caravan.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: whether the tables are what their sources are. */
@Command(name = "verify", description = "Compare tables with their sources, row by row, and mend them if asked.")
final class VerifyVerb implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "ENTITY", arity = "0..*", description = "Names or patterns: erp.items, items, 'erp.*'.")
    private List<String> entities = List.of();

    @Option(
            names = "--repair",
            description = "Store anew what differs; what the source does not have is called deleted.")
    private boolean repair;

    @Option(names = "--keys", description = "Compare keys and counts only, which is quick (Dataverse).")
    private boolean keys;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "The report as ${COMPLETION-CANDIDATES}; html is a page of its own.")
    private SchemaVerb.Format format = SchemaVerb.Format.text;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the report there.")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--wait",
            paramLabel = "D",
            defaultValue = "60s",
            converter = SyncVerb.DurationConverter.class,
            description = "How long to wait for another process (default: ${DEFAULT-VALUE}).")
    private Duration wait = Duration.ZERO;

    VerifyVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (repair && keys) {
            throw new ParameterException(spec.commandLine(), "--keys and --repair exclude each other");
        }
        refuseTwoForms();
        TextFile.refuseUnwritable(target());
        try (Operations running = context.start(context.settingsToRun(false));
                Signals signals = Signals.listen(running::stop);
                Progress progress = Progress.of(context)) {
            List<VerifyOutcome> outcomes = compare(running, progress);
            Optional<ExitCode> signal = signals.received();
            ExitCode code = signal.orElseGet(() -> code(outcomes));
            show(outcomes, code);
            return code.number();
        }
    }

    /** What goes to the standard output is of one form. */
    private void refuseTwoForms() {
        if (context.output().isJson() && format == SchemaVerb.Format.html && file == null) {
            throw new ParameterException(
                    spec.commandLine(), "--json and --format html exclude each other; --output FILE keeps the page");
        }
    }

    private @Nullable Path target() {
        return file == null ? null : context.surroundings().workingFolder().resolve(file);
    }

    private List<VerifyOutcome> compare(Operations running, Progress progress) {
        List<VerifyOutcome> outcomes = running.verify(new VerifyRequest(entities, repair, keys, wait), progress);
        progress.close();
        return outcomes;
    }

    /** As for a sync; a table in which something is left wrong is one that is not done with. */
    static ExitCode code(List<VerifyOutcome> outcomes) {
        ExitCode code =
                ExitCode.of(outcomes.stream().map(VerifyOutcome::outcome).toList());
        boolean well = outcomes.stream().allMatch(VerifyOutcome::isWell);
        return code == ExitCode.OK && !well ? ExitCode.PARTLY : code;
    }

    private void show(List<VerifyOutcome> outcomes, ExitCode code) {
        Output output = context.output();
        Findings findings = new Findings(outcomes);
        if (format != SchemaVerb.Format.text || file != null) {
            report(findings, code);
            return;
        }
        if (output.isJson()) {
            output.json(findings.document(code));
            return;
        }
        if (!output.isQuiet()) {
            output.table(findings.table(), "Nothing is to be verified.");
            findings.lines().forEach(output::line);
        }
        findings.messages().forEach(context.surroundings().err()::println);
        context.surroundings().err().flush();
        output.say(findings.sentence());
    }

    /** The whole report as a document, to be kept or sent. */
    private void report(Findings findings, ExitCode code) {
        String text = switch (format) {
            case text -> findings.text();
            case json -> Json.write(findings.document(code)) + "\n";
            case html ->
                FindingsPage.of(findings, context.surroundings().clock().instant());
        };
        Path target = target();
        if (target == null) {
            context.surroundings().out().print(text);
            context.surroundings().out().flush();
            return;
        }
        TextFile.write(target, text);
        context.output().done("Wrote " + target + ".", Map.of("file", target.toString()));
    }
}
