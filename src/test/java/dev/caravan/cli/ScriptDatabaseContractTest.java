package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.dataverse.DataverseTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of the database of the script before. */
abstract class ScriptDatabaseContractTest extends DataverseShopContract {
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");
    private static final String REACHED = "2024-01-20T00:00:00Z";

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(shop.database);
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The tables as the script makes them, and how far it says to have come. */
    private void oldTables(boolean versions) throws SQLException {
        boolean sqlite = isSqlite();
        String number = sqlite ? "REAL" : "numeric";
        String truth = sqlite ? "INTEGER" : "boolean";
        String key = versions ? "" : " PRIMARY KEY";
        execute(
                "CREATE TABLE vin_things (vin_thingid varchar(36)" + key + ", vin_name varchar(100), vin_price "
                        + number + ", vin_good " + truth + ", modifiedon TEXT, json_response TEXT NOT NULL,"
                        + " sync_time TEXT NOT NULL, valid_from TEXT)",
                "CREATE TABLE _sync_state (entity_name TEXT PRIMARY KEY, state TEXT NOT NULL, last_sync_time TEXT,"
                        + " last_timestamp TEXT, records_count INTEGER DEFAULT 0)",
                "CREATE TABLE _sync_log (id INTEGER PRIMARY KEY, entity_name TEXT NOT NULL, start_time TEXT NOT NULL,"
                        + " end_time TEXT, records_added INTEGER DEFAULT 0, records_updated INTEGER DEFAULT 0,"
                        + " status TEXT NOT NULL, error_message TEXT)",
                "INSERT INTO _sync_state VALUES ('vin_things', 'completed', '2024-01-20T01:00:00.123456', '" + REACHED
                        + "', 20)",
                "INSERT INTO _sync_log VALUES (1, 'vin_things', '2024-01-20T00:59:00', '2024-01-20T01:00:00', 20, 0,"
                        + " 'completed', NULL)");
    }

    private void oldRow(String key, int i, String name) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO vin_things VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            String time = LONG_AGO.plusSeconds(i).toString();
            insert.setString(1, key);
            insert.setString(2, name);
            insert.setBigDecimal(3, new BigDecimal(i + ".25"));
            insert.setObject(4, isSqlite() ? (Object) (i % 2 == 0 ? 1 : 0) : (Object) (i % 2 == 0));
            insert.setString(5, time);
            insert.setString(6, "{\"vin_thingid\": \"" + key + "\"}");
            insert.setString(7, "2024-01-20T01:00:00.123456+00:00");
            insert.setString(8, time);
            insert.executeUpdate();
        }
    }

    @Test
    void theDatabaseOfTheScriptBeforeIsGoneOnWith() throws SQLException {
        DataverseTable things = things(25, false);
        List<String> keys = things.keys(25);
        oldTables(false);
        for (int i = 0; i < 20; i++) {
            things.backdate(keys.get(i), LONG_AGO.plusSeconds(i));
            oldRow(keys.get(i), i, "Thing " + i);
        }
        things.set(keys.get(3), "vin_name", "Renamed since");
        oldRow(new UUID(5, 5).toString(), 3, "Gone since");

        Said check = shop.run("check");
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out())
                .contains("takes the database of another tool over")
                .contains("tables go on from their last_timestamp: vin_things");
        assertThat(shop.one("SELECT count(*) FROM _sync_state")).isEqualTo("1");

        sandbox.forgetRequests();
        Said first = shop.run("sync");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("6 rows fetched, 5 inserted, 1 updated, 1 deleted");
        assertThat(first.err()).contains("_sync_state_old and _sync_log_old");
        assertThat(sandbox.requestsOf("vin_things").get(0).target()).contains("modifiedon%20ge%202024-01-20T");
        assertThat(shop.one("SELECT count(*) FROM vin_things WHERE _deleted_at IS NULL"))
                .isEqualTo("25");
        assertThat(shop.one("SELECT vin_name FROM vin_things WHERE vin_thingid = '" + keys.get(3) + "'"))
                .isEqualTo("Renamed since");
        assertThat(shop.one("SELECT vin_name FROM vin_things WHERE vin_thingid = '" + keys.get(4) + "'"))
                .isEqualTo("Thing 4");
        assertThat(shop.one("SELECT last_timestamp FROM _sync_state_old")).isEqualTo(REACHED);
        assertThat(shop.one("SELECT count(*) FROM _sync_log_old")).isEqualTo("1");
        assertThat(shop.one("SELECT state FROM _sync_state WHERE entity_name = 'vin_things'"))
                .isEqualTo("completed");
        assertThat(shop.one("SELECT records_added FROM _sync_log WHERE entity_name = 'vin_things'"))
                .isEqualTo("5");

        things.set(keys.get(9), "vin_name", "Renamed later");
        assertThat(shop.run("sync").out()).contains("1 updated");
        assertThat(shop.run("verify", "--repair").code()).isZero();
        assertThat(shop.run("verify").out()).contains("25 rows compared, nothing wrong");
        shop.run("cursors", "reset", "vin_things");
        assertThat(shop.run("sync").out()).contains("25 rows fetched, no changes");
        assertThat(shop.run("check").out()).doesNotContain("another tool");
    }

    @Test
    void aTableWithVersionsOfRowsIsPutAside() throws SQLException {
        DataverseTable things = things(5, false);
        oldTables(true);
        String key = things.keys(1).get(0);
        oldRow(key, 1, "Before");
        oldRow(key, 2, "After");

        Said said = shop.run("sync");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).contains("5 rows fetched, 5 inserted");
        assertThat(shop.one("SELECT count(*) FROM vin_things_until_1")).isEqualTo("2");
    }
}
