package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delta.Verdict;
import dev.caravan.route.VerifyReport;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody changed in a table behind Caravan's back is found, and mended if asked. */
abstract class VerifyContractTest {

    @TempDir
    Path folder = Path.of("");

    abstract String freshDatabase(Path folder);

    @ParameterizedTest
    @ValueSource(strings = {"track", "version", "modified", "full"})
    void aChangedCellADeletedRowAndAnAddedRowAreFoundAndMended(String strategy) throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            DataverseTable things = Verifying.publish(house, true);
            house.with("table." + Verifying.THINGS + ".strategy", strategy);
            assertThat(house.sync(Verifying.THINGS).status()).isEqualTo("completed");
            Verifying.expectWell(
                    Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, false)
                            .found(),
                    35);
            List<String> keys = things.keys(35);
            String copied = "00000000-0000-4000-8000-000000000001";
            Verifying.execute(
                    house.jdbcUrl,
                    "UPDATE vin_things SET vin_name = 'Forged' WHERE vin_thingid = '" + keys.get(3) + "'",
                    "DELETE FROM vin_things WHERE vin_thingid = '" + keys.get(20) + "'",
                    "INSERT INTO vin_things (vin_thingid, vin_name) VALUES ('" + copied + "', 'Added')");
            String cursors = cursors(house);

            VerifyReport found = Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, false)
                    .found();
            assertThat(found.verdicts())
                    .isEqualTo(Map.of(Verdict.SAME, 33L, Verdict.DIFFERENT, 1L, Verdict.MISSING, 1L));
            assertThat(found.extra()).isEqualTo(1);
            assertThat(found.isWell()).isFalse();
            assertThat(found.samples())
                    .containsExactlyInAnyOrder(
                            new VerifyReport.Sample("different", Verifying.THINGS + "[" + keys.get(3) + "]"),
                            new VerifyReport.Sample("missing", Verifying.THINGS + "[" + keys.get(20) + "]"),
                            new VerifyReport.Sample("extra", Verifying.THINGS + "[" + copied + "]"));
            assertThat(house.one("SELECT vin_name FROM vin_things WHERE vin_thingid = '" + keys.get(3) + "'"))
                    .isEqualTo("Forged");

            Verifying.Verified repaired = Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, true);
            assertThat(repaired.found().wrong()).isEqualTo(3);
            assertThat(repaired.found().isWell()).isTrue();
            assertThat(repaired.outcome().counts().inserted()).isEqualTo(1);
            assertThat(repaired.outcome().counts().updated()).isEqualTo(1);
            assertThat(repaired.outcome().counts().deleted()).isEqualTo(1);
            assertThat(house.stored(Verifying.THINGS)).isEqualTo(house.source(Verifying.THINGS));
            assertThat(house.one("SELECT _deleted_at FROM vin_things WHERE vin_thingid = '" + copied + "'"))
                    .isNotNull();
            assertThat(cursors(house)).isEqualTo(cursors);
            assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs")
                            + " WHERE run_type = 'verify' AND status = 'completed' AND records_fetched ="
                            + " records_inserted + records_updated + records_skipped"))
                    .isEqualTo("3");
            Verifying.expectWell(
                    Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, false)
                            .found(),
                    35);
            assertThat(house.sync(Verifying.THINGS).counts().unchanged()).isTrue();
        }
    }

    private static String cursors(DataverseHouse house) throws SQLException {
        StringBuilder all = new StringBuilder();
        for (String column : List.of("cursor_type", "cursor_value", "checkpoint")) {
            all.append(house.one("SELECT coalesce(max(" + column + "), '-') || count(" + column + ") FROM "
                    + house.own("sync_cursors")));
        }
        return all + String.valueOf(house.one("SELECT last_sync_at FROM " + house.own("entities")));
    }

    @Test
    void aForgedHashAndARecordThatSaysSomethingElseAreFoundAndMended() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            List<String> keys = Verifying.publish(house, true).keys(35);
            house.sync(Verifying.THINGS);
            Verifying.execute(
                    house.jdbcUrl,
                    "UPDATE vin_things SET _row_hash = 'x' WHERE vin_thingid = '" + keys.get(1) + "'",
                    "UPDATE vin_things SET json_response = replace(json_response, 'Thing', 'Thong') WHERE vin_thingid = '"
                            + keys.get(2) + "'",
                    "UPDATE vin_things SET json_response = '{' WHERE vin_thingid = '" + keys.get(4) + "'",
                    "UPDATE vin_things SET json_response = NULL WHERE vin_thingid = '" + keys.get(5) + "'",
                    "UPDATE vin_things SET _deleted_at = sync_time WHERE vin_thingid = '" + keys.get(6) + "'");

            VerifyReport found = Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, false)
                    .found();
            assertThat(found.verdicts())
                    .isEqualTo(Map.of(Verdict.SAME, 30L, Verdict.HASH, 1L, Verdict.RECORD, 3L, Verdict.MARKED, 1L));
            assertThat(Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, true)
                            .found()
                            .isWell())
                    .isTrue();
            Verifying.expectWell(
                    Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, false)
                            .found(),
                    35);
            assertThat(house.stored(Verifying.THINGS)).isEqualTo(house.source(Verifying.THINGS));
        }
    }

    @Test
    void whatChangedAtTheSourceSinceTheLastSyncIsNoFault() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            DataverseTable things = Verifying.publish(house, false);
            house.sync(Verifying.THINGS);
            things.set(things.keys(1).get(0), "vin_name", "Renamed");
            things.insert(Verifying.thing(99));

            VerifyReport found = Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, false)
                    .found();
            assertThat(found.verdicts()).isEqualTo(Map.of(Verdict.SAME, 34L, Verdict.WAITING, 2L));
            assertThat(found.isWell()).isTrue();
            assertThat(house.sync(Verifying.THINGS).counts().updated()).isEqualTo(1);
        }
    }

    @Test
    void manyAddedRowsWaitForAPersonsWordBeforeTheyAreCalledDeleted() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            Verifying.publish(house, true);
            house.sync(Verifying.THINGS);
            List<String> added = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                added.add("INSERT INTO vin_things (vin_thingid) VALUES ('" + new java.util.UUID(7, i) + "')");
            }
            Verifying.execute(house.jdbcUrl, added.toArray(new String[0]));

            Verifying.Verified repaired = Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, true);
            assertThat(repaired.outcome().status()).isEqualTo("held");
            assertThat(repaired.found().extra()).isEqualTo(60);
            assertThat(repaired.found().isWell()).isFalse();
            assertThat(house.one("SELECT count(*) FROM vin_things WHERE _deleted_at IS NULL"))
                    .isEqualTo("95");
        }
    }

    @Test
    void whatIsNotLoadedWholeYetIsNotCompared() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            Verifying.publish(house, true);
            house.with("retry-time-budget", "0s");
            house.sandbox
                    .faults()
                    .on(DataverseSandbox.DATA + Verifying.THINGS)
                    .at(3, SandboxFault.of(SandboxFault.Kind.BROKEN));
            house.sync(Verifying.THINGS);
            Verifying.Verified refused = Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, true);
            assertThat(refused.outcome().code()).isEqualTo("LOAD_UNFINISHED");
            assertThat(house.sync(Verifying.THINGS).status()).isEqualTo("completed");
            assertThat(house.stored(Verifying.THINGS)).isEqualTo(house.source(Verifying.THINGS));
        }
    }
}
