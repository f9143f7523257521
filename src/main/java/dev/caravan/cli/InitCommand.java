package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a commented configuration. */
@Command(name = "init", description = "Write a commented application.properties.", mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Parameters(paramLabel = "KIND", arity = "0..1", defaultValue = "apismith", description = "apismith")
    private String kind = "apismith";

    @Option(names = "--force", description = "overwrite the file that is there")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        Path file = Path.of("application.properties");
        if (Files.exists(file) && !force) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION, "FILE_EXISTS", file + " is there already; --force overwrites it");
        }
        try (InputStream sample = InitCommand.class.getResourceAsStream("/init/" + kind + ".properties")) {
            if (sample == null) {
                throw new CaravanException(
                        FaultKind.CONFIGURATION, "KIND_UNKNOWN", kind + " is not a kind; there is apismith");
            }
            Files.write(file, sample.readAllBytes());
        }
        if (!shared.quiet()) {
            shared.out()
                    .println("Wrote " + file
                            + ". Set the url, put ERP_TOKEN into the environment or a .env file, then: caravan check");
        }
        return ExitCode.OK.code();
    }
}
