package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for Dataverse whatever the database: the target is what the source is. */
abstract class DataversePipelineContractTest extends DataverseThingsContract {
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
}
