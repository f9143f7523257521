package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with Dataverse tables by the command line, and with the database of the script before. */
abstract class DataverseVerbsContractTest {
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");
    private static final String REACHED = "2024-01-20T00:00:00Z";

    @TempDir
    Path folder = Path.of("");

    private DataverseSandbox sandbox = DataverseSandbox.start(0);
    Workshop shop = new Workshop(Path.of(""), "");

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        close();
        sandbox = DataverseSandbox.start(0);
        shop = new Workshop(folder, freshDatabase(folder));
        for (String key : List.of("type", "url", "token", "page-size")) {
            shop.without("caravan.connector.erp." + key);
        }
        crm("type", "dataverse");
        crm("url", sandbox.url());
        crm("authority", sandbox.loginUrl());
        crm("client-id", DataverseSandbox.CLIENT_ID);
        crm("client-secret", DataverseSandbox.CLIENT_SECRET);
        crm("page-size", "10");
        crm("overlap", "0s");
    }

    @AfterEach
    void close() {
        shop.close();
        sandbox.close();
    }

    private void crm(String key, String value) {
        shop.with("caravan.connector.crm." + key, value);
    }

    private boolean isSqlite() {
        return shop.database.startsWith("jdbc:sqlite");
    }

    DataverseTable things(int count, boolean tracked) {
        TableDescription description = TableDescription.of(
                        "vin_thing",
                        "vin_things",
                        "vin_name",
                        List.of(
                                DataverseColumn.text("vin_name", 100),
                                DataverseColumn.of("vin_price", ColumnKind.MONEY),
                                DataverseColumn.of("vin_good", ColumnKind.BOOLEAN)))
                .withUsualColumns()
                .withChangeTracking(tracked);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(thing(i));
        }
        crm("tables", "vin_things");
        return sandbox.publish(description, rows);
    }

    private static Map<String, @Nullable Object> thing(int i) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("vin_name", "Thing " + i);
        row.put("vin_price", new BigDecimal(i + ".2500"));
        row.put("vin_good", i % 2 == 0);
        return row;
    }

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

    @Test
    void theViewsTellOfTablesThatWereNeverSynced() throws SQLException {
        things(5, true);
        shop.run("discover");
        assertThat(shop.one("SELECT state || records_count FROM _sync_state")).isEqualTo("pending0");
        assertThat(shop.one("SELECT count(*) FROM _sync_log")).isEqualTo("0");
        shop.run("sync");
        assertThat(shop.one("SELECT state || records_count FROM _sync_state")).isEqualTo("completed5");
        assertThat(shop.one("SELECT last_timestamp FROM _sync_state"))
                .contains("T")
                .endsWith("Z");
    }

    @Test
    void anOldListWithFilteredTablesBringsTheRowsThatOthersReferTo() throws IOException, SQLException {
        DataverseTable accounts = sandbox.publish(
                TableDescription.of("account", "accounts", "name", List.of(DataverseColumn.text("name", 50)))
                        .withUsualColumns(),
                List.of());
        DataverseTable houses = sandbox.publish(
                TableDescription.of(
                                "vin_house",
                                "vin_houses",
                                "vin_name",
                                List.of(
                                        DataverseColumn.text("vin_name", 50),
                                        DataverseColumn.lookup("vin_account", "account")))
                        .withUsualColumns(),
                List.of());
        DataverseTable links = sandbox.publish(
                TableDescription.junction(
                        "vin_vin_house_account", "vin_vin_house_accountset", "accountid", "vin_houseid"),
                List.of());
        for (int i = 0; i < 30; i++) {
            String account = accounts.insert(Map.of("name", "Account " + i));
            if (i < 10) {
                houses.insert(Map.of("vin_name", "House " + i, "vin_account", account));
            } else if (i < 15) {
                links.insert(Map.of("accountid", account, "vin_houseid", new UUID(1, i).toString()));
            }
        }
        Files.writeString(folder.resolve("entities_config.json"), """
                {"entities": [
                  {"name": "vin_house", "api_name": "vin_houses", "filtered": false, "description": "Houses"},
                  {"name": "vin_vin_house_accountset", "filtered": false},
                  {"name": "account", "api_name": "accounts", "filtered": true}
                ]}
                """);
        crm("entities-file", "entities_config.json");
        Said said = shop.run("sync");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(shop.one("SELECT count(*) FROM accounts")).isEqualTo("15");
        accounts.set(accounts.keys(30).get(29), "name", "Nobody wants it");
        assertThat(shop.run("sync").code()).isZero();
        assertThat(shop.one("SELECT count(*) FROM accounts")).isEqualTo("15");
        assertThat(shop.run("check").out()).contains("crm.accounts");
    }

    @Test
    void sinceBeginsAtAVersionOrATimeAndMovesNoCursor() throws SQLException {
        DataverseTable things = things(25, false);
        List<String> keys = things.keys(25);
        for (String key : keys) {
            things.backdate(key, LONG_AGO);
        }
        shop.run("sync");
        String cursor = cursor("VERSION");
        String from = String.valueOf(shop.one("SELECT max(versionnumber) - 5 FROM vin_things"));
        assertThat(shop.run("sync", "--since", from).out()).contains("5 rows fetched, no changes");
        assertThat(shop.run("sync", "--since", "2024-01-01T00:00:00Z").out()).contains("25 rows fetched, no changes");
        things.set(keys.get(4), "vin_name", "Renamed");
        assertThat(shop.run("sync", "--since", "2024-01-02").out()).contains("1 row fetched, 1 updated");
        assertThat(cursor("VERSION")).isEqualTo(cursor);
        Said wrong = shop.run("sync", "--since", "yesterday");
        assertThat(wrong.err()).contains("--since yesterday says nothing here");
        assertThat(wrong.code()).isNotZero();
        assertThat(shop.run("sync").out()).contains("no changes");
    }

    private @Nullable String cursor(String type) throws SQLException {
        return shop.one("SELECT cursor_value FROM " + shop.own("sync_cursors") + " WHERE cursor_type = '" + type + "'");
    }

    @Test
    void aCursorThatIsSetIsTheOneThatTheStrategyReads() throws SQLException {
        DataverseTable things = things(25, true);
        crm("table.vin_things.strategy", "version");
        shop.run("sync");
        String held = String.valueOf(cursor("VERSION"));
        assertThat(shop.run("cursors").out()).contains(held);
        things.set(things.keys(1).get(0), "vin_name", "Passed over");
        String reached = String.valueOf(sandbox.version());
        assertThat(shop.run("cursors", "set", "vin_things", reached).code()).isZero();
        assertThat(shop.run("sync").out()).contains("no changes");
        things.set(things.keys(2).get(1), "vin_name", "Seen");
        assertThat(shop.run("sync").out()).contains("1 row fetched, 1 updated");
        assertThat(shop.run("cursors", "set", "vin_things", "5").err()).contains("'caravan cursors reset");
        assertThat(shop.run("cursors", "set", "vin_things", "2024-01-01T00:00:00Z")
                        .err())
                .contains("goes by version numbers");

        crm("table.vin_things.strategy", "track");
        shop.run("sync", "--full");
        Said link = shop.run("cursors", "set", "vin_things", reached);
        assertThat(link.code()).isEqualTo(2);
        assertThat(link.err()).contains("follows a link", "cursors reset crm.vin_things");
        assertThat(shop.run("cursors").out()).contains("deltatoken");

        crm("table.vin_things.strategy", "modified");
        shop.run("sync");
        assertThat(shop.run("cursors", "set", "vin_things", "2099-01-01T00:00:00Z")
                        .code())
                .isZero();
        things.set(things.keys(3).get(2), "vin_name", "Passed over too");
        assertThat(shop.run("sync").out()).contains("0 rows fetched, no changes");
        assertThat(cursor("TIMESTAMP")).isEqualTo("2099-01-01T00:00:00Z");

        crm("table.vin_things.strategy", "full");
        shop.run("sync");
        assertThat(shop.run("cursors", "set", "vin_things", "1").err()).contains("has no cursor");
    }
}
