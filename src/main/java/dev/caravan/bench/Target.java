package dev.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The database that is written to, looked at from outside. */
final class Target {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final String url;

    Target(String url) {
        this.url = url;
    }

    /** Takes away all that the programs made. */
    void clear() throws IOException, SQLException {
        if (!url.startsWith(SQLITE)) {
            execute(
                    "DROP TABLE IF EXISTS floor; DROP TABLE IF EXISTS wide; DROP TABLE IF EXISTS wide_history; DROP SCHEMA IF EXISTS caravan CASCADE");
            return;
        }
        for (String end : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(url.substring(SQLITE.length()) + end));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Refuses to go on unless the table has so many rows. */
    void require(int rows) throws IOException, SQLException {
        require("wide", rows);
    }

    /** Refuses to go on unless each of so many rows has a version. */
    void requireVersions(int rows) throws IOException, SQLException {
        require("wide_history", rows);
    }

    private void require(String table, int rows) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            result.next();
            if (result.getInt(1) != rows) {
                throw new IOException("the table " + table + " has " + result.getInt(1) + " rows instead of " + rows);
            }
        }
    }

    /** Waits for a delta run of that process that changed so many rows; seconds from its start to its commit. */
    double awaitRun(Child serving, int updated) throws IOException, InterruptedException, SQLException {
        Instant until = Instant.now().plus(LONGEST);
        while (Instant.now().isBefore(until) && serving.isRunning()) {
            double seconds = lastRun(updated);
            if (seconds > 0) {
                return seconds;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("no run changed " + updated + " rows in " + LONGEST);
    }

    private double lastRun(int updated) throws SQLException {
        String table = url.startsWith(SQLITE) ? "caravan_sync_runs" : "caravan.sync_runs";
        String sql = "SELECT started_at, completed_at FROM " + table + " WHERE \"trigger\" = 'schedule'"
                + " AND status = 'completed' AND records_updated = " + updated + " ORDER BY started_at DESC LIMIT 1";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet run = statement.executeQuery(sql)) {
            if (!run.next()) {
                return 0;
            }
            Duration took = Duration.between(time(run.getObject(1)), time(run.getObject(2)));
            return Math.max(1, took.toMillis()) / 1000.0;
        }
    }

    private static Instant time(Object value) {
        return value instanceof Timestamp stamp ? stamp.toInstant() : Instant.parse(value.toString());
    }
}
