package dev.caravan.cli;

import dev.caravan.bench.BenchOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: measures against the floor. */
@Command(
        name = "bench",
        description = "Measure against a bare program that does the least there is to do.",
        showDefaultValues = true)
final class BenchVerb implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--rows", paramLabel = "N", description = "Rows of the first load.")
    private int rows = 1_000_000;

    @Option(names = "--delta", paramLabel = "N", description = "Rows changed before the delta.")
    private int delta = 1000;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each program runs; the median counts.")
    private int rounds = 3;

    @Option(
            names = "--postgresql",
            paramLabel = "URL",
            description = "JDBC URL of a PostgreSQL database that the benchmark may use as it likes.")
    private String postgresql = "";

    @Option(names = "--stages", description = "Measure a first load with mappings, validation and history of rows too.")
    private boolean stages;

    @Option(
            names = "--dataverse",
            description =
                    "Measure a first and a second sync of a Dataverse of 23 tables whose answers take 200 ms too.")
    private boolean dataverse;

    BenchVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            return context.surroundings()
                    .bench()
                    .run(new BenchOptions(
                            rows,
                            delta,
                            rounds,
                            postgresql,
                            stages,
                            dataverse,
                            context.surroundings().home().resolve("routes"),
                            context.output().isJson(),
                            context.output().isQuiet()));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }
}
