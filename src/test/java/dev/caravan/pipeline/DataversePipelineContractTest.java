package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for Dataverse whatever the database: the target is what the source is. */
abstract class DataversePipelineContractTest extends DataverseHouseContract {
    private static final String THINGS = "vin_things";

    private DataverseTable things(int count, boolean tracked) {
        TableDescription description = TableDescription.of(
                        "vin_thing",
                        THINGS,
                        "vin_name",
                        List.of(
                                DataverseColumn.text("vin_name", 100),
                                DataverseColumn.of("vin_price", ColumnKind.MONEY),
                                DataverseColumn.of("vin_day", ColumnKind.DATE),
                                DataverseColumn.of("vin_good", ColumnKind.BOOLEAN),
                                DataverseColumn.of("iscustomizable", ColumnKind.MANAGED)))
                .withUsualColumns()
                .withChangeTracking(tracked);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(thing(i));
        }
        house.with("tables", THINGS);
        return house.sandbox.publish(description, rows);
    }

    private static Map<String, @Nullable Object> thing(int i) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("vin_name", "Thing " + i);
        row.put("vin_price", new java.math.BigDecimal(i + ".2500"));
        row.put("vin_day", "1990-01-1" + i % 10);
        row.put("vin_good", i % 2 == 0);
        row.put("iscustomizable", Map.of("Value", true, "CanBeChanged", true));
        return row;
    }

    private void expectEqual(String set) throws SQLException {
        assertThat(house.stored(set)).isEqualTo(house.source(set));
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs")
                        + " WHERE status = 'completed' AND records_fetched <> records_inserted + records_updated"
                        + " + records_skipped + records_failed + records_pending + records_repeated"))
                .isEqualTo("0");
    }

    private Outcome sync() {
        Outcome outcome = house.sync(THINGS);
        assertThat(outcome.status()).as(outcome.message()).isEqualTo("completed");
        return outcome;
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "version", "modified", "full"})
    void bringsEveryRowAndThenOnlyWhatChanged(String strategy) throws SQLException {
        DataverseTable things = things(35, true);
        house.with("table." + THINGS + ".strategy", strategy);
        house.with("table." + THINGS + ".delete-sweep-every", "0s");
        assertThat(sync().counts().inserted()).isEqualTo(35);
        expectEqual(THINGS);

        Outcome quiet = sync();
        assertThat(quiet.counts().unchanged()).as(quiet.counts().toString()).isTrue();
        expectEqual(THINGS);

        List<String> keys = things.keys(35);
        things.set(keys.get(3), "vin_name", "Renamed");
        things.set(keys.get(30), "vin_price", null);
        String born = things.insert(thing(99));
        things.delete(keys.get(7));
        Outcome changed = sync();
        assertThat(changed.counts().inserted()).isEqualTo(1);
        assertThat(changed.counts().updated()).isEqualTo(2);
        assertThat(changed.counts().deleted()).isEqualTo(1);
        expectEqual(THINGS);
        assertThat(house.one("SELECT vin_name FROM vin_things WHERE vin_thingid = '" + keys.get(7) + "'"))
                .startsWith("Thing");

        things.undelete(keys.get(7));
        things.delete(born);
        sync();
        expectEqual(THINGS);
    }

    @Test
    void asksOnceForATableWithoutChanges() {
        things(35, true);
        sync();
        house.sandbox.forgetRequests();

        Outcome quiet = sync();
        assertThat(quiet.requests()).isEqualTo(1);
        assertThat(house.sandbox.requestsOf(THINGS)).hasSize(1);
        assertThat(house.sandbox.metadataRequests()).isEqualTo(1);
    }

    @Test
    void keepsTheRecordByteForByteAndItsTimes() throws SQLException {
        DataverseTable things = things(1, true);
        sync();
        String key = things.keys(1).get(0);

        assertThat(house.one("SELECT json_response FROM vin_things"))
                .startsWith("{\"@odata.etag\":\"W/\\\"" + things.row(key).version() + "\\\"\"")
                .contains("\"vin_price\":0.2500")
                .endsWith("}");
        assertThat(house.one("SELECT valid_from FROM vin_things")).isNotNull();
        assertThat(house.one("SELECT sync_time FROM vin_things")).isNotNull();
        assertThat(house.one("SELECT _row_hash FROM vin_things")).hasSize(64);
    }

    @Test
    void bringsAWholeBusiness() throws SQLException {
        DataverseBusiness.publish(house.sandbox, DataverseBusiness.Size.small());
        house.with("tables", "*").with("page-size", "500");
        Map<String, Outcome> first = house.syncAll(false);
        assertThat(first.keySet()).containsExactlyInAnyOrderElementsOf(house.sandbox.entitySets());
        assertThat(first.values())
                .allSatisfy(outcome -> assertThat(outcome.status())
                        .as(outcome.entity() + " " + outcome.message())
                        .isEqualTo("completed"));
        for (String set : house.sandbox.entitySets()) {
            expectEqual(set);
        }
        assertThat(house.one("SELECT count(*) FROM vin_products WHERE _ownerid_type IN ('systemuser', 'team')"))
                .isEqualTo(house.one("SELECT count(_ownerid_value) FROM vin_products"))
                .isNotEqualTo("0");
        Map<String, Outcome> second = house.syncAll(false);
        assertThat(second.values())
                .allSatisfy(outcome -> assertThat(outcome.counts().unchanged())
                        .as(outcome.entity() + " " + outcome.counts())
                        .isTrue());
        for (String set : house.sandbox.entitySets()) {
            house.sandbox.edit(set, 2, 3, 1);
        }
        house.with("table.vin_products.delete-sweep-every", "0s");
        house.syncAll(false);
        expectEqual("vin_products");
    }

    @Test
    void aRowCreatedAndDeletedBetweenTwoRunsIsNothing() throws SQLException {
        DataverseTable things = things(5, true);
        sync();
        things.delete(things.insert(thing(9)));

        assertThat(sync().counts().unchanged()).isTrue();
        expectEqual(THINGS);
    }

    @Test
    void aTransactionThatCommitsLateIsNotLost() throws SQLException {
        DataverseTable things = things(25, false);
        long open = house.sandbox.openVersion();
        sync();
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        sync();
        Map<String, @Nullable Object> late = new HashMap<>(Map.of("vin_name", "Late"));
        late.put("versionnumber", open);
        things.update(things.keys(2).get(1), late);
        sync();

        expectEqual(THINGS);
    }

    @Test
    void aTableWithoutTimesIsSyncedByItsVersions() throws SQLException {
        TableDescription junction = TableDescription.junction("vin_link", "vin_linkset", "accountid", "contactid");
        DataverseTable links = house.sandbox.publish(junction, List.of());
        for (int i = 0; i < 25; i++) {
            links.insert(Map.of("accountid", id(i), "contactid", id(i + 1)));
        }
        house.with("tables", "vin_link");
        house.sync("vin_linkset");
        expectEqual("vin_linkset");
        links.insert(Map.of("accountid", id(77), "contactid", id(78)));
        assertThat(house.sync("vin_linkset").counts().inserted()).isEqualTo(1);
        expectEqual("vin_linkset");
    }

    private static String id(int i) {
        return new java.util.UUID(1, i).toString();
    }

    @Test
    void aRowWithoutAChangeTimeNeitherBlocksNorResetsTheCursor() throws SQLException {
        DataverseTable things = things(15, false);
        house.with("table." + THINGS + ".strategy", "modified");
        things.set(things.keys(1).get(0), "modifiedon", null);
        sync();
        expectEqual(THINGS);
        things.set(things.keys(2).get(1), "vin_name", "Renamed");
        assertThat(sync().counts().updated()).isEqualTo(1);
        expectEqual(THINGS);
    }

    @Test
    void aRowThatLeavesTheFilterIsMarkedAndComesBackWithIt() throws SQLException {
        DataverseTable things = things(20, true);
        house.with("table." + THINGS + ".filter", "statecode eq 0")
                .with("table." + THINGS + ".delete-sweep-every", "0s");
        sync();
        String key = things.keys(5).get(4);
        things.set(key, "statecode", 1);
        assertThat(sync().counts().deleted()).isEqualTo(1);
        assertThat(house.stored(THINGS)).hasSize(19).doesNotContainKey(key);
        things.set(key, "statecode", 0);
        sync();
        expectEqual(THINGS);
    }

    @Test
    void rowsThatChangeWhileTheyAreListedArrive() throws SQLException {
        DataverseTable things = things(45, false);
        house.sandbox.after(THINGS, 2, () -> {
            things.set(things.keys(1).get(0), "vin_name", "Moved");
            things.delete(things.keys(3).get(2));
            things.insert(thing(100));
        });
        house.with("table." + THINGS + ".delete-sweep-every", "0s");
        sync();
        sync();
        expectEqual(THINGS);
    }
}
