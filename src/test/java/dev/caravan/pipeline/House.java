package dev.caravan.pipeline;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import dev.caravan.route.Replay;
import dev.caravan.route.SyncOptions;
import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.ScheduleHubSandbox;
import dev.caravan.store.DeadLetterRepository;
import dev.caravan.testing.FaultySql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sandbox, a database, and Caravan between them. */
final class House implements AutoCloseable, Victim {
    final ApiSmithSandbox sandbox;
    final String jdbcUrl;
    private final Path folder;
    private final Map<String, String> keys = new HashMap<>();
    private final boolean lodger;
    private @Nullable ScheduleHubSandbox hub;
    private @Nullable Engine engine;
    private FaultySql sql = new FaultySql("");
    private Clock clock = Clock.systemUTC();

    House(String jdbcUrl, Path folder) {
        this.sandbox = ApiSmithSandbox.start(0);
        this.lodger = false;
        this.jdbcUrl = jdbcUrl;
        this.folder = folder;
        keys.put("caravan.database.url", jdbcUrl);
        keys.put("caravan.workers", "3");
        keys.put("caravan.connector.erp.type", "apismith");
        keys.put("caravan.connector.erp.url", sandbox.url());
        keys.put("caravan.connector.erp.token", sandbox.token());
        keys.put("caravan.connector.erp.page-size", "10");
    }

    House with(String key, String value) {
        keys.put(key, value);
        return this;
    }

    /** Lets entities go to a ScheduleHub of its own instead of into tables. */
    House toHub(String... slugs) {
        ScheduleHubSandbox opened = ScheduleHubSandbox.start(0);
        hub = opened;
        with("caravan.connector.hub.type", "schedulehub")
                .with("caravan.connector.hub.url", opened.url())
                .with("caravan.connector.hub.username", ApiSmithSandbox.USER)
                .with("caravan.connector.hub.password", ApiSmithSandbox.PASSWORD)
                .with("caravan.connector.hub.data-timeout", "3s");
        for (String slug : slugs) {
            with("caravan.connector.erp.entity." + slug + ".target", "hub");
        }
        return this;
    }

    /** Where its entities go if not into tables; null if they do. */
    @Nullable
    ScheduleHubSandbox hub() {
        return hub;
    }

    /** The clock by which Caravan lives, once it is started. */
    House clock(Clock newClock) {
        clock = newClock;
        return this;
    }

    /** What goes wrong between the running Caravan and its database. */
    FaultySql sql() {
        engine();
        return sql;
    }

    /** An API {@code things} with so many rows. */
    House things(int count, String strategy) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(thing(i));
        }
        sandbox.publish(
                SandboxApi.of(
                        "things",
                        strategy,
                        SandboxColumn.text("ID", 20).key(),
                        SandboxColumn.text("NAME", 40),
                        SandboxColumn.number("AMOUNT", 12, 2),
                        SandboxColumn.of("BORN", "DATE"),
                        SandboxColumn.of("SEEN", "TIMESTAMP")),
                rows);
        return this;
    }

    static Map<String, @Nullable Object> thing(int i) {
        return SandboxRow.values(
                "ID",
                "T-" + i,
                "NAME",
                "Thing " + i,
                "AMOUNT",
                i + ".25",
                "BORN",
                "2024-02-0" + (1 + i % 9),
                "SEEN",
                "2025-01-01T00:00:" + (10 + i % 50) + "Z");
    }

    /** Writes the configuration as a file, for a process of its own. */
    Path write() throws IOException {
        StringBuilder text = new StringBuilder();
        keys.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        return Files.writeString(folder.resolve("application.properties"), text);
    }

    Settings settings() {
        return SettingsReader.of(keys, folder, Path.of("").toAbsolutePath());
    }

    Engine engine() {
        Engine running = engine;
        if (running == null) {
            FaultySql gate = new FaultySql(jdbcUrl);
            running = Engine.start(settings(), clock, gate);
            sql = gate;
            engine = running;
        }
        return running;
    }

    /** Another Caravan over the same source and database, as another process would be. Closing it ends only that. */
    House neighbour() {
        return new House(this);
    }

    private House(House other) {
        this.sandbox = other.sandbox;
        this.jdbcUrl = other.jdbcUrl;
        this.folder = other.folder;
        this.clock = other.clock;
        this.hub = other.hub;
        this.keys.putAll(other.keys);
        this.lodger = true;
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

    Outcome sync() {
        return sync(false);
    }

    Outcome sync(boolean full) {
        discover();
        return syncDiscovered(full);
    }

    /** The same with what is known already. */
    Outcome syncDiscovered(boolean full) {
        EntityRecord things = engine().stores().entities().find("things").orElseThrow();
        return engine().sync(List.of(things), new SyncOptions(full, "cli", Duration.ofSeconds(1)), outcome -> {})
                .get(0);
    }

    /** Lets all dead letters of the things go through the stages once more. */
    Outcome retry() {
        EntityRecord things = engine().stores().entities().find("things").orElseThrow();
        DeadLetterRepository.Wanted all = new DeadLetterRepository.Wanted(things.uid(), null, null, null, null);
        Replay replay = new Replay(things.name(), new DeadLetterRepository.Chosen(all, List.of(), false));
        return engine().retry(List.of(replay), new SyncOptions(false, "cli", Duration.ofSeconds(1)), outcome -> {})
                .get(0);
    }

    /** What arrived at the target, by key, each as its values joined: read from the target itself. */
    Map<String, String> stored() throws SQLException {
        return hub == null ? Arrived.inTable(jdbcUrl) : Arrived.at(hub);
    }

    /** What the sandbox holds, in the same form. */
    Map<String, String> source() {
        return Arrived.source(sandbox);
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

    /** All columns of the first row of a query. */
    List<@Nullable String> firstRow(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<@Nullable String> values = new ArrayList<>();
            row.next();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getString(i));
            }
            return values;
        }
    }

    /** All rows of a query, each with its columns as text. */
    List<List<@Nullable String>> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (row.next()) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(values);
            }
            return rows;
        }
    }

    /** Names of the columns of a query. */
    List<String> columnNames(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                names.add(row.getMetaData().getColumnName(i));
            }
            return names;
        }
    }

    /** Carries out statements of the test's own. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
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
        if (lodger) {
            return;
        }
        sandbox.close();
        if (hub != null) {
            hub.close();
        }
    }
}
