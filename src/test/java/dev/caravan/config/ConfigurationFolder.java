package dev.caravan.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with an {@code application.properties} of a test. */
record ConfigurationFolder(Path folder) {
    static final String[] ERP = {
        "caravan.connector.erp.type = apismith",
        "caravan.connector.erp.url = http://localhost:8007/",
        "caravan.connector.erp.token = t0ken"
    };

    Reading examine(Map<String, String> environment, String... lines) {
        Path file = write("application.properties", lines);
        return SettingsReader.examine(file, folder, folder.resolve("home"), environment);
    }

    Reading examine(String... lines) {
        return examine(Map.of(), lines);
    }

    Settings read(String... lines) {
        return examine(lines).settings();
    }

    /** A complete APISmith connector {@code erp} in the lines 1 to 3, and more lines. */
    Reading examineErp(String... more) {
        String[] lines = new String[ERP.length + more.length];
        System.arraycopy(ERP, 0, lines, 0, ERP.length);
        System.arraycopy(more, 0, lines, ERP.length, more.length);
        return examine(lines);
    }

    ConnectorSettings erp(String... more) {
        return examineErp(more).settings().connector("erp").orElseThrow();
    }

    List<String> problemsOf(String... lines) {
        return examine(lines).problems().stream().map(Problem::toString).toList();
    }

    List<String> problemsOfErp(String... more) {
        return examineErp(more).problems().stream().map(Problem::toString).toList();
    }

    Path write(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
