package dev.caravan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** Prints the version. */
@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Override
    public Integer call() {
        String version = version();
        shared.out().println(shared.json() ? "{\"version\":\"" + version + "\"}" : "caravan " + version);
        return ExitCode.OK.code();
    }

    static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** For {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"caravan " + version()};
        }
    }
}
