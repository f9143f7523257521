package dev.caravan.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Caravan this is. Stateless. */
final class Version implements IVersionProvider {
    /** From the jar's manifest; {@code development} when it runs from classes. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"caravan " + text()};
    }
}
