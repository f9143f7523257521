package dev.caravan.cli;

import dev.caravan.bench.Bench;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;

/** The command line as a whole: arguments in, exit code out. Stateless. */
public final class CommandLines {
    private CommandLines() {}

    /** Runs one verb in this process's own surroundings; answers the exit code. */
    public static int run(String... arguments) {
        return run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }

    /** The same with its output elsewhere. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Clock clock = Clock.systemUTC();
        Surroundings surroundings = new Surroundings(
                System.getenv(),
                Home.find(System.getenv()),
                Path.of("").toAbsolutePath(),
                out,
                err,
                Boolean.getBoolean("caravan.terminal"),
                clock,
                settings -> RoutesOperations.start(settings, clock),
                measured -> Bench.run(measured, out, err));
        return run(surroundings, arguments);
    }

    /**
     * Runs one verb.
     *
     * @return the exit code; a wrong usage is 2
     */
    public static int run(Surroundings surroundings, String... arguments) {
        GlobalOptions options = new GlobalOptions();
        Context context = new Context(surroundings, options);
        CommandLine line = commandLine(context, options);
        line.setOut(surroundings.out());
        line.setErr(surroundings.err());
        line.setColorScheme(Help.defaultColorScheme(surroundings.colours() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            CaravanException fault = asFault(failure);
            context.output().error(fault);
            return ExitCode.of(fault).number();
        });
        return line.execute(arguments);
    }

    static CommandLine commandLine(Context context, GlobalOptions options) {
        CommandLine line = new CommandLine(new RootVerb(options));
        for (Callable<Integer> verb : verbs(context)) {
            CommandLine made = new CommandLine(verb);
            if (verb instanceof DeadLettersVerb) {
                made.addSubcommand(new RetryLettersVerb(context));
                made.addSubcommand(new EditLetterVerb(context));
                made.addSubcommand(new DropLettersVerb(context));
            }
            line.addSubcommand(made);
        }
        line.addSubcommand(new HelpCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        return line;
    }

    private static List<Callable<Integer>> verbs(Context context) {
        return List.of(
                new DemoVerb(context),
                new InitVerb(context),
                new CheckVerb(context),
                new DiscoverVerb(context),
                new SyncVerb(context),
                new ServeVerb(context),
                new StatusVerb(context),
                new RunsVerb(context),
                new DeadLettersVerb(context),
                new MappingsVerb(context),
                new CursorsVerb(context),
                new ScheduleVerb(context),
                new SchemaVerb(context),
                new ApproveVerb(context),
                new VerifyVerb(context),
                new BenchVerb(context),
                new CompletionVerb(context),
                new VersionVerb(context));
    }

    private static CaravanException asFault(Exception failure) {
        if (failure instanceof CaravanException fault) {
            return fault;
        }
        if (failure instanceof DataAccessException refused) {
            return DatabaseFaults.of("Work in the database", refused);
        }
        LoggerFactory.getLogger(CommandLines.class).error("A verb failed", failure);
        return new CaravanException(
                FaultKind.INTERNAL,
                "UNEXPECTED",
                "Unexpected: " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                        + "; the log has the details",
                failure);
    }
}
