package dev.caravan.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench}: measures against the floor. */
@Command(name = "bench", description = "Measure against a bare program that does the least there is to do.")
final class BenchVerb implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "Handed on to the benchmark.")
    private List<String> arguments = List.of();

    BenchVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return context.surroundings().bench().run(List.copyOf(arguments));
    }
}
