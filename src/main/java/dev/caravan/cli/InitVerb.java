package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init}: writes a commented properties file. */
@Command(name = "init", description = "Write a commented application.properties to begin with.")
final class InitVerb implements Callable<Integer> {
    private static final List<String> KINDS = List.of("apismith", "dataverse");
    private static final List<String> DEFAULT = List.of("apismith");

    /** The kinds, for completion. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return KINDS.iterator();
        }
    }

    private final Context context;

    @Parameters(
            paramLabel = "KIND",
            arity = "0..*",
            completionCandidates = Kinds.class,
            description = "Kinds of connectors: apismith (the default), dataverse.")
    private List<String> kinds = List.of();

    @Option(names = "--force", description = "Write over a file that is there.")
    private boolean force;

    InitVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        StringBuilder text = new StringBuilder(resource("base"));
        for (String kind : new LinkedHashSet<>(kinds.isEmpty() ? DEFAULT : kinds)) {
            if (!KINDS.contains(kind)) {
                throw fault("KIND_UNKNOWN", "'" + kind + "' is not one of " + String.join(", ", KINDS));
            }
            text.append('\n').append(resource(kind));
        }
        Path file = context.configurationFile();
        if (Files.exists(file) && !force && !isUntouched(file)) {
            throw fault(
                    "FILE_EXISTS", file + " is there already; --force writes over it, --config FILE writes another");
        }
        TextFile.write(file, text.toString());
        context.output()
                .done(
                        "Wrote " + file + "; set address and login in it, then run 'caravan check'.",
                        Map.of("file", file.toString()));
        return ExitCode.OK.number();
    }

    /** Whether it is the sample that comes with the program, so that nothing of anybody is lost. */
    private static boolean isUntouched(Path file) throws IOException {
        return Files.isRegularFile(file)
                && Arrays.equals(Files.readAllBytes(file), resource("base").getBytes(StandardCharsets.UTF_8));
    }

    private static CaravanException fault(String code, String message) {
        return new CaravanException(FaultKind.CONFIGURATION, code, message);
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = InitVerb.class.getResourceAsStream("init-" + name + ".properties")) {
            if (stream == null) {
                throw new IOException("init-" + name + ".properties is not part of this build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
