package dev.caravan.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** A command line in a folder of a test. */
final class Terminal {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String ERP = """
            caravan.connector.erp.type = apismith
            caravan.connector.erp.url = http://127.0.0.1:1
            caravan.connector.erp.token = hidden-token
            """;

    final Path folder;
    final FakeOperations operations = new FakeOperations();
    final Map<String, String> environment = new HashMap<>();

    Terminal(Path folder) {
        this.folder = folder;
    }

    /** What one call printed, and its exit code. */
    record Said(int code, String out, String err) {}

    Surroundings surroundings() {
        return surroundings(new StringWriter(), new StringWriter());
    }

    private Surroundings surroundings(StringWriter out, StringWriter err) {
        return new Surroundings(
                environment,
                folder,
                folder,
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                Clock.fixed(NOW, ZoneOffset.UTC),
                settings -> operations,
                options -> options.rows());
    }

    Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandLines.run(surroundings(out, err), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void configure(String text) {
        write("application.properties", text);
    }
}
