package dev.caravan.store;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Brings our own tables to this version, and refuses what it cannot vouch for: tables of a newer version, changed
 * migrations, missing tables. Stateless; several processes at once take turns.
 */
public final class Migrations {
    private static final String FOLDER = "db/migration/";
    /** All migrations in the order of their versions, which count from 1. */
    private static final List<String> FILES = List.of(
            "V1__what_is_remembered.sql", "V2__what_was_sent.sql", "V3__who_waits.sql", "V4__what_a_pass_saw.sql");

    private static final List<String> TABLES = List.of(
            "connectors",
            "entities",
            "entity_locks",
            "field_mappings",
            "sync_runs",
            "sync_cursors",
            "failed_records",
            "pending_children",
            "background_schedules",
            "schema_versions",
            "sync_definitions",
            "sync_ledger",
            "sync_conflicts",
            "alerts",
            "audit_log",
            "sent_records",
            "pass_rows");
    private static final Map<String, String> SQLITE =
            Map.of("p", "caravan_", "i", "caravan_", "uuid", "TEXT", "ts", "TEXT", "bool", "BOOLEAN", "json", "TEXT");
    private static final Map<String, String> POSTGRES =
            Map.of("p", "caravan.", "i", "", "uuid", "UUID", "ts", "TIMESTAMPTZ", "bool", "BOOLEAN", "json", "TEXT");

    private Migrations() {}

    /** What a reader finds. */
    public enum State {
        /** Nothing has been remembered here yet. */
        MISSING,
        /** Made by an older version: a verb that writes brings it up to date. */
        OLDER,
        /** Of this version. */
        CURRENT,
        /** Made by a newer version. */
        NEWER
    }

    /**
     * Looks without changing anything.
     *
     * @throws CaravanException STATE_REFUSED if the tables are not what any version has made
     */
    public static State check(Database database) {
        try (Connection connection = database.pool().getConnection()) {
            return check(connection, database);
        } catch (SQLException e) {
            throw DatabaseFaults.of("Reading the version of Caravan's own tables", e);
        }
    }

    /**
     * Makes or updates our own tables. Where they are current, Flyway is not even started: that takes half a second or more.
     *
     * @throws CaravanException STATE_REFUSED if they come from a newer version or were changed by hand
     */
    public static void migrate(Database database) {
        State state = check(database);
        if (state == State.CURRENT) {
            return;
        }
        if (state == State.NEWER) {
            throw refused("they were made by a newer version; use that version, or another database", null);
        }
        try {
            configuration(database).load().migrate();
        } catch (FlywayException failure) {
            CaravanException fault = DatabaseFaults.of("Updating Caravan's own tables", failure);
            throw fault.kind() == FaultKind.INTERNAL ? refused("Flyway cannot work on them", failure) : fault;
        }
        if (check(database) != State.CURRENT) {
            throw refused("they could not be brought up to date", null);
        }
    }

    private static FluentConfiguration configuration(Database database) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(database.pool())
                .locations("classpath:" + FOLDER)
                .placeholders(database.isSqlite() ? SQLITE : POSTGRES)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .ignoreMigrationPatterns(new String[0])
                .failOnMissingLocations(true);
        if (database.isSqlite()) {
            return configuration.table("caravan_flyway");
        }
        new JdbcTemplate(database.pool()).execute("CREATE SCHEMA IF NOT EXISTS caravan");
        return configuration.schemas("caravan").defaultSchema("caravan").table("flyway_history");
    }

    private static State check(Connection connection, Database database) throws SQLException {
        Set<String> present = tables(connection, database);
        if (!present.contains(history(database))) {
            if (TABLES.stream().map(database::table).anyMatch(present::contains)) {
                throw refused("their history is missing", null);
            }
            return State.MISSING;
        }
        List<Integer> applied = checksums(connection, database);
        if (applied.size() > FILES.size()) {
            return State.NEWER;
        }
        for (int i = 0; i < applied.size(); i++) {
            if (applied.get(i) != MigrationFile.checksum(FOLDER + FILES.get(i))) {
                throw refused("migration " + (i + 1) + " is not the one that this version knows", null);
            }
        }
        if (applied.size() < FILES.size()) {
            return applied.isEmpty() ? State.MISSING : State.OLDER;
        }
        for (String table : TABLES) {
            if (!present.contains(database.table(table))) {
                throw refused("the table " + database.table(table) + " is missing", null);
            }
        }
        return State.CURRENT;
    }

    /** Checksums of the migrations that were carried out, in the order of their versions. */
    private static List<Integer> checksums(Connection connection, Database database) throws SQLException {
        String sql = "SELECT checksum, success FROM " + history(database)
                + " WHERE type = 'SQL' ORDER BY CAST(version AS integer)";
        List<Integer> checksums = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                if (!result.getBoolean("success")) {
                    throw refused("migration " + (checksums.size() + 1) + " broke off", null);
                }
                checksums.add(result.getInt("checksum"));
            }
        }
        return checksums;
    }

    private static Set<String> tables(Connection connection, Database database) throws SQLException {
        String schema = database.isSqlite() ? null : "caravan";
        Set<String> names = new HashSet<>();
        try (ResultSet result = connection.getMetaData().getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (result.next()) {
                String name = result.getString("TABLE_NAME");
                names.add(database.isSqlite() ? name : "caravan." + name);
            }
        }
        return names;
    }

    private static String history(Database database) {
        return database.isSqlite() ? "caravan_flyway" : "caravan.flyway_history";
    }

    private static CaravanException refused(String why, @Nullable Throwable cause) {
        return new CaravanException(
                FaultKind.CONFIGURATION,
                "STATE_REFUSED",
                "What this database remembers does not fit this version of Caravan: " + why,
                cause);
    }
}
