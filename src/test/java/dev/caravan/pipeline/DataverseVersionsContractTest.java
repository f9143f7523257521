package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of the rows of Dataverse, by whatever strategy they come. */
abstract class DataverseVersionsContractTest extends DataverseHouseContract {
    private static final String THINGS = Verifying.THINGS;

    @BeforeEach
    void keepVersions() {
        house.with("table." + THINGS + ".history", "true").with("table." + THINGS + ".delete-sweep-every", "0s");
    }

    private void sync() throws SQLException {
        assertThat(house.sync(THINGS).status()).isEqualTo("completed");
        assertThat(house.stored(THINGS)).isEqualTo(house.source(THINGS));
        hold("a sync");
    }

    private void hold(String after) throws SQLException {
        VersionLaws.holdRecords(house, THINGS, "vin_thingid", after);
    }

    private int versions(String condition) throws SQLException {
        return Integer.parseInt(
                String.valueOf(house.one("SELECT count(*) FROM vin_things_history WHERE " + condition)));
    }

    private int versionsOf(String key) throws SQLException {
        return versions("vin_thingid = '" + key + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "version", "modified", "full"})
    void aRowThatIsChangedDeletedAndRevivedHasAVersionForEachTimeItWasThere(String strategy) throws SQLException {
        DataverseTable things = Verifying.publish(house, true);
        house.with("table." + THINGS + ".strategy", strategy);
        sync();
        assertThat(versions("valid_to IS NULL")).isEqualTo(35);
        List<String> keys = things.keys(35);
        things.set(keys.get(3), "vin_name", "Renamed");
        things.delete(keys.get(4));
        things.insert(Verifying.thing(99));
        sync();
        assertThat(versionsOf(keys.get(3))).isEqualTo(2);
        assertThat(versions("vin_thingid = '" + keys.get(4) + "' AND valid_to IS NOT NULL"))
                .isEqualTo(1);
        things.undelete(keys.get(4));
        sync();
        sync();
        assertThat(versionsOf(keys.get(4))).isEqualTo(2);
        assertThat(versions("valid_to IS NULL")).isEqualTo(36);
        assertThat(versions("json_response LIKE '%Thing 3\"%' AND valid_to IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void manyRowsAtOnceAreLoadedChangedAndDeletedTheSameWay() throws SQLException {
        DataverseTable things = Verifying.publish(house, true);
        things.insertSome(1500);
        house.with("page-size", "1000");
        house.set("caravan.max-delete-rows", "5000");
        sync();
        things.updateSome(700);
        things.deleteSome(600);
        sync();
        assertThat(versions("valid_to IS NULL")).isEqualTo(935);
        assertThat(versions("valid_to IS NOT NULL")).isGreaterThanOrEqualTo(600);
    }

    @Test
    void whatSomebodyChangedTookAwayOrPutInByHandIsMendedWithItsVersions() throws SQLException {
        DataverseTable things = Verifying.publish(house, true);
        sync();
        List<String> keys = things.keys(35);
        Verifying.execute(
                house.jdbcUrl,
                "UPDATE vin_things SET vin_name = 'Forged' WHERE vin_thingid = '" + keys.get(3) + "'",
                "DELETE FROM vin_things WHERE vin_thingid = '" + keys.get(20) + "'",
                "INSERT INTO vin_things (vin_thingid, vin_name) VALUES ('00000000-0000-4000-8000-000000000001', 'Added')");
        Verifying.verify(house.engine(), house.settings(), THINGS, true);
        assertThat(house.stored(THINGS)).isEqualTo(house.source(THINGS));
        hold("a repair");
        assertThat(versionsOf(keys.get(3))).isEqualTo(1);
        assertThat(versionsOf(keys.get(20))).isEqualTo(2);
        assertThat(versionsOf("00000000-0000-4000-8000-000000000001")).isEqualTo(1);
    }

    @Test
    void aColumnThatIsFilledFromTheRecordsIsFilledInTheOpenVersionsToo() throws SQLException {
        DataverseTable things = Verifying.publish(house, true);
        sync();
        things.addColumn(DataverseColumn.of("vin_extra", ColumnKind.MONEY));
        things.set(things.keys(1).get(0), "vin_extra", new BigDecimal("123456789012345.1234"));
        assertThat(house.sync(THINGS).status()).isEqualTo("completed");
        hold("a column that waits");
        int before = versions("1 = 1");
        house.with("on-schema-change", "evolve");
        house.discover();
        hold("a filled column");
        assertThat(versions("vin_extra IS NOT NULL AND valid_to IS NULL")).isEqualTo(1);
        sync();
        assertThat(versions("1 = 1")).isEqualTo(before);
    }

    @Test
    void turnedOnLaterTheRowsThatAreThereAreTheFirstVersions() throws SQLException {
        DataverseTable things = Verifying.publish(house, true);
        house.with("table." + THINGS + ".history", "false");
        house.sync(THINGS);
        house.with("table." + THINGS + ".history", "true");
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        sync();
        assertThat(versions("1 = 1")).isEqualTo(36);
    }
}
