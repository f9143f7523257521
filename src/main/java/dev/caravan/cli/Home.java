package dev.caravan.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder of the program: where the jar lies, or the project's when run from what was built in it. Stateless. */
final class Home {
    private Home() {}

    static Path find(Map<String, String> environment) {
        String named = environment.getOrDefault("CARAVAN_HOME", "");
        return named.isBlank() ? of(codeSource()) : Path.of(named).toAbsolutePath();
    }

    /** @param code the jar, or a folder of classes */
    static Path of(Path code) {
        for (Path folder = code.getParent(); folder != null; folder = folder.getParent()) {
            Path above = folder.getParent();
            if (folder.endsWith("target") && above != null && Files.exists(above.resolve("pom.xml"))) {
                return above;
            }
        }
        @Nullable Path parent = code.getParent();
        return parent == null ? code : parent;
    }

    private static Path codeSource() {
        try {
            return Path.of(Home.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException unreadable) {
            throw new IllegalStateException("The program's own folder is unknown", unreadable);
        }
    }
}
