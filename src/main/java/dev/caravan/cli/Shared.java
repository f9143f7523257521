package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.route.Engine;
import dev.caravan.route.Stores;
import dev.caravan.store.Database;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every verb has, and what they lead to. */
final class Shared {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration in place of application.properties")
    private @Nullable Path config;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Option(names = "--quiet", description = "print only what went wrong")
    private boolean quiet;

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("Not run from the command line");
        }
        return spec.commandLine().getOut();
    }

    /** The settings, from the file asked for or the one beside. */
    Settings settings() {
        Path file = config == null ? Path.of("application.properties") : config;
        boolean there = Files.isRegularFile(file);
        if (config != null && !there) {
            throw new CaravanException(FaultKind.CONFIGURATION, "CONFIGURATION_MISSING", "There is no file " + config);
        }
        Path folder = file.toAbsolutePath().getParent();
        return SettingsReader.read(
                there ? file : null, folder == null ? Path.of(".") : folder, home(), System.getenv());
    }

    /** The folder of the distribution: where the jar lies, or the project when run from its build. */
    static Path home() {
        try {
            Path place = Path.of(Shared.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = place.getParent();
            if (folder == null) {
                return Path.of("");
            }
            boolean built = folder.endsWith("target") && folder.getParent() != null;
            return built && folder.getParent() != null ? folder.getParent() : folder;
        } catch (URISyntaxException unreadable) {
            throw new IllegalStateException("The program's own folder is unknown", unreadable);
        }
    }

    /** Reads what is remembered, without starting or changing anything. */
    <T> T read(Function<Stores, T> reading) {
        Settings settings = settings();
        try (Database database = Engine.open(settings.database(), 1, true)) {
            return reading.apply(Stores.over(database, Clock.systemUTC()));
        }
    }

    /** Changes what is remembered, without starting Camel. */
    <T> T change(Function<Stores, T> changing) {
        Settings settings = settings();
        try (Database database = Engine.open(settings.database(), 1, false)) {
            return changing.apply(Stores.over(database, Clock.systemUTC()));
        }
    }
}
