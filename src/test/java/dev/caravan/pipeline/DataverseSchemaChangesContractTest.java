package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What becomes of tables whose columns come and go, and of the columns that are asked for, on each database. */
abstract class DataverseSchemaChangesContractTest extends DataverseThingsContract {
    @Test
    void underLockANewColumnLivesInTheRecordAndAVanishedOneStays() throws SQLException {
        DataverseTable things = things(5, true);
        sync();
        things.addColumn(DataverseColumn.text("vin_extra", 20));
        things.removeColumn("vin_day");
        things.set(things.keys(1).get(0), "vin_extra", "new");

        assertThat(house.discover()).anySatisfy(line -> assertThat(line).contains("vin_extra"));
        sync();
        assertThat(house.one("SELECT count(*) FROM vin_things WHERE json_response LIKE '%\"vin_extra\":\"new\"%'"))
                .isEqualTo("1");
        assertThat(house.discover()).isEmpty();
    }

    @Test
    void whereItMayEvolveANewColumnIsAdded() throws SQLException {
        DataverseTable things = things(5, true);
        house.with("on-schema-change", "evolve");
        sync();
        things.addColumn(DataverseColumn.text("vin_extra", 20));
        things.set(things.keys(1).get(0), "vin_extra", "new");
        sync();
        expectEqual(THINGS);
    }

    @Test
    void aColumnThatIsApprovedLaterIsFilledFromTheRecordsWithoutFetching() throws SQLException {
        DataverseTable things = things(25, true);
        sync();
        things.addColumn(DataverseColumn.of("vin_extra", ColumnKind.MONEY));
        for (String key : things.keys(25)) {
            things.set(key, "vin_extra", new java.math.BigDecimal("123456789012345.1234"));
        }
        sync();
        house.with("on-schema-change", "evolve");
        house.sandbox.forgetRequests();
        house.discover();

        assertThat(house.sandbox.requestsOf(THINGS)).isEmpty();
        expectEqual(THINGS);
        assertThat(sync().counts().unchanged()).isTrue();
    }

    @Test
    void whereItIsFrozenAnyChangeStopsTheTable() {
        DataverseTable things = things(5, true);
        house.with("on-schema-change", "freeze");
        sync();
        things.addColumn(DataverseColumn.text("vin_extra", 20));

        Outcome outcome = house.sync(THINGS);
        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.code()).isEqualTo("SCHEMA_STOPPED");
    }

    @Test
    void withoutDefinitionsTablesAreSyncedByVersions() throws SQLException {
        things(15, true);
        house.sandbox.switches().definitions(false);
        sync();
        expectEqual(THINGS);
        assertThat(house.one("SELECT delta_strategy FROM " + house.own("entities")))
                .isEqualTo("version");
    }

    @Test
    void namedColumnsAreAllThatIsAskedFor() throws SQLException {
        things(5, true);
        house.with("table.vin_thing.columns", "vin_name");
        sync();

        assertThat(house.sandbox.requestsOf(THINGS).get(0).target()).contains("$select=");
        assertThat(house.one("SELECT vin_name FROM vin_things ORDER BY vin_name"))
                .isEqualTo("Thing 0");
        assertThat(house.one("SELECT json_response FROM vin_things")).doesNotContain("vin_price");
    }

    @Test
    void theChangesAfterALongLoadAreAskedForTwice() throws SQLException {
        DataverseTable things = things(45, true);
        Instant began = Instant.now();
        house.setClock(new dev.caravan.testing.SteppingClock(began, Duration.ofSeconds(5)));
        house.sandbox.after(THINGS, 2, () -> things.set(things.keys(1).get(0), "vin_name", "Moved"));
        sync();
        house.setClock(Clock.fixed(began.plus(Duration.ofHours(1)), ZoneOffset.UTC));
        house.sandbox.forgetRequests();
        sync();

        assertThat(house.sandbox.requestsOf(THINGS))
                .anySatisfy(entry -> assertThat(entry.target()).contains("versionnumber"));
        expectEqual(THINGS);
    }
}
