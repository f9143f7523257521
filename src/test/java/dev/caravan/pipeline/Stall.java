package dev.caravan.pipeline;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Brings a process that uses a database to a stand at a chosen place of its transactions, from outside: by locks in
 * PostgreSQL, by triggers that take long and by the write lock in SQLite. Used by one thread at a time.
 */
final class Stall implements AutoCloseable {
    private static final String SLOW =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000)"
                    + " SELECT count(*) AS many FROM n";

    private final Victim house;
    private final Connection connection;

    /** Nothing is held up yet. */
    Stall(Victim house) throws SQLException {
        this.house = house;
        this.connection = DriverManager.getConnection(house.jdbcUrl());
        if (house.isSqlite()) {
            execute("PRAGMA busy_timeout = 20000");
        }
    }

    /** No transaction that stores pages gets past its first statement. */
    void beforeStoring() throws SQLException {
        if (house.isSqlite()) {
            execute("BEGIN IMMEDIATE");
            return;
        }
        lock(house.own("sync_runs"));
    }

    /** A transaction that stores pages stands with rows written. */
    void whileStoring() throws SQLException {
        if (house.isSqlite()) {
            trigger("UPDATE OF records_fetched ON " + house.own("sync_runs"));
            return;
        }
        lock(house.own("sync_cursors"));
    }

    /** The transactions that close a run stand: indexes after a first load, and the last one. */
    void whileClosing() throws SQLException {
        if (house.isSqlite()) {
            trigger("UPDATE ON " + house.own("entities"));
            return;
        }
        lock(house.own("entities"));
    }

    private void lock(String table) throws SQLException {
        connection.setAutoCommit(false);
        execute("LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE");
    }

    private void trigger(String event) throws SQLException {
        execute("BEGIN IMMEDIATE");
        execute("CREATE VIEW IF NOT EXISTS stall_view AS " + SLOW);
        execute("CREATE TRIGGER stall_trigger AFTER " + event + " BEGIN SELECT many FROM stall_view; END");
        execute("COMMIT");
    }

    /** Whether somebody stands where this holds them up, with a transaction open. */
    boolean holdsSomebodyUp() throws SQLException {
        return house.isSqlite() ? isBeingWritten() : waitsForLock();
    }

    private boolean isBeingWritten() throws SQLException {
        try (Connection other = DriverManager.getConnection(house.jdbcUrl());
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 300");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return false;
        } catch (SQLiteException refused) {
            if (refused.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
                return true;
            }
            throw refused;
        }
    }

    private boolean waitsForLock() throws SQLException {
        try (Connection other = DriverManager.getConnection(house.jdbcUrl());
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_locks l JOIN pg_database d"
                        + " ON d.oid = l.database WHERE d.datname = current_database() AND NOT l.granted")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lets go. */
    @Override
    public void close() throws SQLException {
        connection.close();
        if (house.isSqlite()) {
            for (String each : List.of("DROP TRIGGER IF EXISTS stall_trigger", "DROP VIEW IF EXISTS stall_view")) {
                try (Connection other = DriverManager.getConnection(house.jdbcUrl());
                        Statement statement = other.createStatement()) {
                    statement.execute("PRAGMA busy_timeout = 20000");
                    statement.execute(each);
                }
            }
        }
    }
}
