package dev.caravan.cli;

import dev.caravan.bench.Bench;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
        CommandLine line = commandLine(context, options, arguments);
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

    /** The verbs in the order of the help. */
    private static Map<String, Function<Context, Callable<Integer>>> verbs() {
        Map<String, Function<Context, Callable<Integer>>> verbs = new LinkedHashMap<>();
        verbs.put("demo", DemoVerb::new);
        verbs.put("init", InitVerb::new);
        verbs.put("check", CheckVerb::new);
        verbs.put("discover", DiscoverVerb::new);
        verbs.put("sync", SyncVerb::new);
        verbs.put("serve", ServeVerb::new);
        verbs.put("status", StatusVerb::new);
        verbs.put("runs", RunsVerb::new);
        verbs.put("dead-letters", DeadLettersVerb::new);
        verbs.put("mappings", MappingsVerb::new);
        verbs.put("cursors", CursorsVerb::new);
        verbs.put("schedule", ScheduleVerb::new);
        verbs.put("schema", SchemaVerb::new);
        verbs.put("approve", ApproveVerb::new);
        verbs.put("verify", VerifyVerb::new);
        verbs.put("bench", BenchVerb::new);
        verbs.put("completion", CompletionVerb::new);
        verbs.put("version", VersionVerb::new);
        return verbs;
    }

    /**
     * The command line with all verbs; with only those that its arguments name where nothing else is asked for, because
     * looking through all of them takes longer than most do.
     */
    static CommandLine commandLine(Context context, GlobalOptions options, String... arguments) {
        CommandLine line = new CommandLine(new RootVerb(options));
        Map<String, Function<Context, Callable<Integer>>> verbs = verbs();
        if (arguments.length > 0 && verbs.containsKey(arguments[0]) && !arguments[0].equals("completion")) {
            verbs.keySet().retainAll(Set.of(arguments[0]));
        }
        verbs.values().forEach(verb -> add(line, verb.apply(context), context));
        if (verbs.size() > 1) {
            line.addSubcommand(new HelpCommand());
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        return line;
    }

    private static void add(CommandLine line, Callable<Integer> verb, Context context) {
        CommandLine made = new CommandLine(verb);
        if (verb instanceof DeadLettersVerb) {
            made.addSubcommand(new RetryLettersVerb(context));
            made.addSubcommand(new EditLetterVerb(context));
            made.addSubcommand(new DropLettersVerb(context));
        }
        line.addSubcommand(made);
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
