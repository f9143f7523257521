package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs put together. */
@Command(
        name = "caravan",
        description = "Carries records between business systems and SQL databases.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        versionProvider = VersionCommand.Provider.class,
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            CheckCommand.class,
            DiscoverCommand.class,
            SyncCommand.class,
            ServeCommand.class,
            StatusCommand.class,
            RunsCommand.class,
            CursorsCommand.class,
            SchemaCommand.class,
            ApproveCommand.class,
            DeadLettersCommand.class,
            VersionCommand.class
        })
public final class CommandLines {
    private CommandLines() {}

    /** Runs one verb; answers the exit code. */
    public static int run(String... arguments) {
        return run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }

    /** Runs one verb with its output elsewhere. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Logging.quiet();
        CommandLine line = new CommandLine(new CommandLines())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
        line.addSubcommand("completion", new AutoComplete.GenerateCompletion());
        return arguments.length == 0 ? help(line, out) : line.execute(arguments);
    }

    private static int help(CommandLine line, PrintWriter out) {
        line.usage(out);
        return ExitCode.USAGE.code();
    }

    private static int explain(Exception failure, PrintWriter err) {
        if (!(failure instanceof CaravanException fault)) {
            err.println("caravan: unexpected: " + failure);
            failure.printStackTrace(err);
            return ExitCode.NOTHING.code();
        }
        err.println("caravan: " + fault.getMessage() + " [" + fault.code() + "]");
        if (fault.kind() == FaultKind.CONFIGURATION) {
            return ExitCode.USAGE.code();
        }
        if (fault.kind() == FaultKind.DENIED) {
            return ExitCode.DENIED.code();
        }
        return fault.kind() == FaultKind.THROTTLED ? ExitCode.THROTTLED.code() : ExitCode.NOTHING.code();
    }
}
