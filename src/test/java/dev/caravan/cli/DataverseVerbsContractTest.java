package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person does with Dataverse tables by the command line. */
abstract class DataverseVerbsContractTest extends DataverseShopContract {
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

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

    @Test
    void aColumnThatMayNotBeReadIsToldByCheckAndByStatus() throws SQLException {
        DataverseTable things = things(5, true);
        things.secure("vin_price", true);
        String told = "crm.vin_things: vin_price may not be read (column security)";
        assertThat(shop.run("check").out()).contains("With the next sync: " + told);
        assertThat(shop.run("sync").err()).contains(told);
        assertThat(shop.run("check").out()).contains("With the next sync: " + told);
        assertThat(shop.run("status").out()).contains("alert: " + told);
        things.secure("vin_price", false);
        assertThat(shop.run("sync").err()).contains("vin_price may be read again");
        assertThat(shop.run("status").out()).doesNotContain("alert");
        assertThat(shop.one("SELECT count(vin_price) FROM vin_things")).isEqualTo("5");
    }
}
