package dev.caravan.cli;

import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The command line as it is, with a sandbox behind it and a database of its own. */
final class Workshop implements AutoCloseable {
    final ApiSmithSandbox sandbox = ApiSmithSandbox.start(0);
    final String database;
    private final Path folder;
    private final Map<String, String> keys = new TreeMap<>();

    Workshop(Path folder, String database) {
        this.folder = folder;
        this.database = database;
        keys.put("caravan.database.url", database);
        keys.put("caravan.workers", "3");
        keys.put("caravan.connector.erp.type", "apismith");
        keys.put("caravan.connector.erp.url", sandbox.url());
        keys.put("caravan.connector.erp.token", sandbox.token());
        keys.put("caravan.connector.erp.page-size", "10");
    }

    Workshop with(String key, String value) {
        keys.put(key, value);
        return this;
    }

    Workshop without(String key) {
        keys.remove(key);
        return this;
    }

    /** An API with so many rows. */
    Workshop publish(String slug, String strategy, int count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(SandboxRow.values("ID", "T-" + i, "NAME", "Thing " + i, "AMOUNT", i + ".25"));
        }
        sandbox.publish(
                SandboxApi.of(
                        slug,
                        strategy,
                        SandboxColumn.text("ID", 20).key(),
                        SandboxColumn.text("NAME", 40),
                        SandboxColumn.number("AMOUNT", 12, 2)),
                rows);
        return this;
    }

    /** What one call printed, and its exit code. */
    record Said(int code, String out, String err) {}

    Surroundings surroundings(StringWriter out, StringWriter err) {
        StringBuilder text = new StringBuilder();
        keys.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        try {
            Files.writeString(folder.resolve("application.properties"), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Surroundings(
                Map.of(
                        "CARAVAN_CONFIG",
                        folder.resolve("application.properties").toString()),
                Path.of("").toAbsolutePath(),
                folder,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false,
                Clock.systemUTC(),
                settings -> RoutesOperations.start(settings, Clock.systemUTC()),
                options -> options.rows());
    }

    Said run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandLines.run(surroundings(out, err), words);
        return new Said(code, out.toString(), err.toString());
    }

    /** The first column of the first row; null for NULL, no row or no table. */
    @Nullable
    String one(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** Something done behind the program's back. */
    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One of our own tables, as this database names it. */
    String own(String table) {
        return database.startsWith("jdbc:sqlite") ? "caravan_" + table : "caravan." + table;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
