package dev.caravan.pipeline;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import dev.caravan.route.SyncOptions;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseRow;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.testing.FaultySql;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A sandbox Dataverse, a database, and Caravan between them. */
final class DataverseHouse implements AutoCloseable, Victim {
    final DataverseSandbox sandbox = DataverseSandbox.start(0);
    final String jdbcUrl;
    private final Path folder;
    private final Map<String, String> keys = new HashMap<>();
    private Clock clock = Clock.systemUTC();
    private FaultySql sql = new FaultySql("");
    private boolean gated = true;
    private @Nullable Engine engine;

    DataverseHouse(String jdbcUrl, Path folder) {
        this.jdbcUrl = jdbcUrl;
        this.folder = folder;
        keys.put("caravan.database.url", jdbcUrl);
        keys.put("caravan.workers", "4");
        with("type", "dataverse");
        with("url", sandbox.url());
        with("authority", sandbox.loginUrl());
        with("client-id", DataverseSandbox.CLIENT_ID);
        with("client-secret", DataverseSandbox.CLIENT_SECRET);
        with("page-size", "10");
    }

    /** A key of the connector {@code crm}. */
    DataverseHouse with(String key, String value) {
        keys.put("caravan.connector.crm." + key, value);
        restart();
        return this;
    }

    /** A key as it is written in the file. */
    void set(String key, String value) {
        keys.put(key, value);
        restart();
    }

    /** Writes the configuration as a file, for a process of its own. */
    Path write() throws IOException {
        StringBuilder text = new StringBuilder();
        keys.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        return Files.writeString(folder.resolve("application.properties"), text);
    }

    /** What goes wrong between the running Caravan and its database. */
    FaultySql sql() {
        engine();
        return sql;
    }

    void setClock(Clock other) {
        this.clock = other;
        restart();
    }

    Settings settings() {
        return SettingsReader.of(keys, folder, Path.of("").toAbsolutePath());
    }

    /** Leaves the gate out at which statements fail on demand: where time is measured, it would count. */
    void leaveOutTheGate() {
        gated = false;
    }

    Engine engine() {
        Engine running = engine;
        if (running == null) {
            FaultySql gate = new FaultySql(jdbcUrl);
            running = Engine.start(settings(), clock, gated ? gate : UnaryOperator.identity());
            sql = gate;
            engine = running;
        }
        return running;
    }

    /** Ends Caravan as if the process had ended; the next sync starts it anew. */
    void restart() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    List<String> discover() {
        return engine().discover(settings().connectors().get(0));
    }

    /** Syncs everything; outcomes by entity set. */
    Map<String, Outcome> syncAll(boolean full) {
        discover();
        List<EntityRecord> entities = engine().stores().entities().all().stream()
                .filter(EntityRecord::enabled)
                .toList();
        Map<String, Outcome> outcomes = new TreeMap<>();
        engine().sync(entities, new SyncOptions(full, "cli", Duration.ofSeconds(1)), outcome -> {})
                .forEach(outcome -> outcomes.put(outcome.entity().replaceFirst("crm\\.", ""), outcome));
        return outcomes;
    }

    Outcome sync(String set) {
        Outcome outcome = syncAll(false).get(set);
        if (outcome == null) {
            throw new AssertionError(set + " was not synced");
        }
        return outcome;
    }

    /** What the sandbox holds of a table: each live row by key, each value by column as plain text. */
    Map<String, Map<String, @Nullable String>> source(String set) {
        DataverseTable table = sandbox.table(set);
        Map<String, ColumnKind> kinds = new HashMap<>();
        table.description().columns().forEach(column -> kinds.put(column.property(), column.kind()));
        Map<String, Map<String, @Nullable String>> rows = new TreeMap<>();
        for (DataverseRow row : table.rows()) {
            Map<String, @Nullable String> values = new TreeMap<>();
            row.values().forEach((name, value) -> values.put(name, text(kinds.get(name), value)));
            rows.put(row.key(), values);
        }
        return rows;
    }

    private static @Nullable String text(@Nullable ColumnKind kind, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal number) {
            return plain(number);
        }
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        return kind == ColumnKind.DATETIME ? Instant.parse(value.toString()).toString() : value.toString();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** What the table holds in the database, live rows only, in the same form, read by plain JDBC. */
    Map<String, Map<String, @Nullable String>> stored(String set) throws SQLException {
        DataverseTable table = sandbox.table(set);
        Map<String, Map<String, @Nullable String>> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + set + " WHERE _deleted_at IS NULL")) {
            while (row.next()) {
                Map<String, @Nullable String> values = new TreeMap<>();
                for (DataverseColumn column : table.description().columns()) {
                    if (column.readable()) {
                        values.put(column.property(), read(row, column));
                    }
                }
                rows.put(row.getString(table.description().primaryId()), values);
            }
        }
        return rows;
    }

    private static @Nullable String read(ResultSet row, DataverseColumn column) throws SQLException {
        String text = row.getString(column.property());
        if (text == null) {
            return null;
        }
        return switch (column.kind()) {
            case DECIMAL, MONEY -> plain(new BigDecimal(text));
            case DOUBLE -> Double.toString(row.getDouble(column.property()));
            case BOOLEAN -> Boolean.toString(row.getBoolean(column.property()));
            case DATETIME -> time(text);
            case MANAGED -> text.startsWith("{") ? "an object" : text;
            default -> text;
        };
    }

    /** {@code 2024-06-12 14:13:25+00} of PostgreSQL, {@code 2024-06-12T14:13:25.000000Z} of SQLite. */
    private static String time(String text) {
        String iso = text.replace(' ', 'T').replaceFirst("\\+00$", "Z");
        return OffsetDateTime.parse(iso).toInstant().toString();
    }

    /** The first column of the first row of a query; null for NULL or no row. */
    @Nullable
    String one(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    @Override
    public String jdbcUrl() {
        return jdbcUrl;
    }

    @Override
    public void beforeAnswer(java.util.function.IntConsumer action) {
        sandbox.setBeforeAnswer(action);
    }

    @Override
    public void close() {
        restart();
        sandbox.close();
    }
}
