package dev.caravan.cli;

import dev.caravan.bench.BenchOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Where the command line runs.
 *
 * @param environment environment variables
 * @param home folder of the program: routes, and {@code application.properties} unless another one is named
 * @param workingFolder what relative names in arguments count from
 * @param out for results
 * @param err for everything else
 * @param terminal whether a person looks on at the error stream
 * @param operations starts what the verbs do with Camel
 * @param bench measures, in processes of its own
 */
public record Surroundings(
        Map<String, String> environment,
        Path home,
        Path workingFolder,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Clock clock,
        Operations.Factory operations,
        Bench bench) {

    /** The benchmark. */
    @FunctionalInterface
    public interface Bench {
        /** Measures; answers its exit code. */
        int run(BenchOptions options);
    }

    /** Whether colours are wanted. */
    boolean colours() {
        return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
