package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.Settings;
import dev.caravan.delta.Verdict;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import dev.caravan.route.SyncOptions;
import dev.caravan.route.Verify;
import dev.caravan.route.VerifyReport;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody changed in a table behind Caravan's back is found, and mended if asked. */
abstract class VerifyContractTest {
    private static final String THINGS = "vin_things";

    @TempDir
    Path folder = Path.of("");

    abstract String freshDatabase(Path folder);

    private static Map<String, @Nullable Object> thing(int i) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("vin_name", "Thing " + i);
        row.put("vin_price", new BigDecimal(i + ".2500"));
        row.put("vin_weight", i / 3.0);
        row.put("vin_day", "1990-01-1" + i % 10);
        row.put("vin_good", i % 2 == 0);
        row.put("vin_kind", i % 4 == 0 ? null : 100_000 + i);
        row.put("iscustomizable", Map.of("Value", true, "CanBeChanged", true));
        return row;
    }

    private static DataverseTable publish(DataverseHouse house, boolean tracked) {
        TableDescription description = TableDescription.of(
                        "vin_thing",
                        THINGS,
                        "vin_name",
                        List.of(
                                DataverseColumn.text("vin_name", 100),
                                DataverseColumn.of("vin_price", ColumnKind.MONEY),
                                DataverseColumn.of("vin_weight", ColumnKind.DOUBLE),
                                DataverseColumn.of("vin_day", ColumnKind.DATE),
                                DataverseColumn.of("vin_good", ColumnKind.BOOLEAN),
                                DataverseColumn.of("vin_kind", ColumnKind.PICKLIST),
                                DataverseColumn.of("iscustomizable", ColumnKind.MANAGED)))
                .withUsualColumns()
                .withChangeTracking(tracked);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 35; i++) {
            rows.add(thing(i));
        }
        house.with("tables", THINGS);
        return house.sandbox.publish(description, rows);
    }

    private record Verified(Outcome outcome, @Nullable VerifyReport report) {
        VerifyReport found() {
            if (report == null) {
                throw new AssertionError(outcome.code() + ": " + outcome.message());
            }
            return report;
        }
    }

    private static Verified verify(Engine engine, Settings settings, String slug, boolean repair) {
        engine.discover(settings.connectors().get(0));
        EntityRecord entity = engine.stores().entities().find(slug).orElseThrow();
        Map<String, VerifyReport> reports = new ConcurrentHashMap<>();
        return verify(
                engine,
                new Verify(entity.name(), repair, false, report -> reports.put("", report)),
                () -> reports.get(""));
    }

    private static VerifyReport keys(Engine engine, Settings settings, String slug) {
        engine.discover(settings.connectors().get(0));
        EntityRecord entity = engine.stores().entities().find(slug).orElseThrow();
        Map<String, VerifyReport> reports = new ConcurrentHashMap<>();
        return verify(
                        engine,
                        new Verify(entity.name(), false, true, report -> reports.put("", report)),
                        () -> reports.get(""))
                .found();
    }

    private static Verified verify(Engine engine, Verify wanted, Supplier<@Nullable VerifyReport> report) {
        Outcome outcome = engine.verify(
                        List.of(wanted), new SyncOptions(true, "cli", Duration.ofSeconds(1)), ended -> {})
                .get(0);
        return new Verified(outcome, report.get());
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static void expectWell(VerifyReport report, long rows) {
        assertThat(report.verdicts()).isEqualTo(Map.of(Verdict.SAME, rows));
        assertThat(report.extra()).isZero();
        assertThat(report.isWell()).isTrue();
        assertThat(report.stored()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "version", "modified", "full"})
    void aChangedCellADeletedRowAndAnAddedRowAreFoundAndMended(String strategy) throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            DataverseTable things = publish(house, true);
            house.with("table." + THINGS + ".strategy", strategy);
            assertThat(house.sync(THINGS).status()).isEqualTo("completed");
            expectWell(verify(house.engine(), house.settings(), THINGS, false).found(), 35);
            List<String> keys = things.keys(35);
            String copied = "00000000-0000-4000-8000-000000000001";
            execute(
                    house.jdbcUrl,
                    "UPDATE vin_things SET vin_name = 'Forged' WHERE vin_thingid = '" + keys.get(3) + "'",
                    "DELETE FROM vin_things WHERE vin_thingid = '" + keys.get(20) + "'",
                    "INSERT INTO vin_things (vin_thingid, vin_name) VALUES ('" + copied + "', 'Added')");
            String cursors = cursors(house);

            VerifyReport found =
                    verify(house.engine(), house.settings(), THINGS, false).found();
            assertThat(found.verdicts())
                    .isEqualTo(Map.of(Verdict.SAME, 33L, Verdict.DIFFERENT, 1L, Verdict.MISSING, 1L));
            assertThat(found.extra()).isEqualTo(1);
            assertThat(found.isWell()).isFalse();
            assertThat(found.samples())
                    .containsExactlyInAnyOrder(
                            new VerifyReport.Sample("different", THINGS + "[" + keys.get(3) + "]"),
                            new VerifyReport.Sample("missing", THINGS + "[" + keys.get(20) + "]"),
                            new VerifyReport.Sample("extra", THINGS + "[" + copied + "]"));
            assertThat(house.one("SELECT vin_name FROM vin_things WHERE vin_thingid = '" + keys.get(3) + "'"))
                    .isEqualTo("Forged");

            Verified repaired = verify(house.engine(), house.settings(), THINGS, true);
            assertThat(repaired.found().wrong()).isEqualTo(3);
            assertThat(repaired.found().isWell()).isTrue();
            assertThat(repaired.outcome().counts().inserted()).isEqualTo(1);
            assertThat(repaired.outcome().counts().updated()).isEqualTo(1);
            assertThat(repaired.outcome().counts().deleted()).isEqualTo(1);
            assertThat(house.stored(THINGS)).isEqualTo(house.source(THINGS));
            assertThat(house.one("SELECT _deleted_at FROM vin_things WHERE vin_thingid = '" + copied + "'"))
                    .isNotNull();
            assertThat(cursors(house)).isEqualTo(cursors);
            assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs")
                            + " WHERE run_type = 'verify' AND status = 'completed' AND records_fetched ="
                            + " records_inserted + records_updated + records_skipped"))
                    .isEqualTo("3");
            expectWell(verify(house.engine(), house.settings(), THINGS, false).found(), 35);
            assertThat(house.sync(THINGS).counts().unchanged()).isTrue();
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
            List<String> keys = publish(house, true).keys(35);
            house.sync(THINGS);
            execute(
                    house.jdbcUrl,
                    "UPDATE vin_things SET _row_hash = 'x' WHERE vin_thingid = '" + keys.get(1) + "'",
                    "UPDATE vin_things SET json_response = replace(json_response, 'Thing', 'Thong') WHERE vin_thingid = '"
                            + keys.get(2) + "'",
                    "UPDATE vin_things SET json_response = '{' WHERE vin_thingid = '" + keys.get(4) + "'",
                    "UPDATE vin_things SET json_response = NULL WHERE vin_thingid = '" + keys.get(5) + "'",
                    "UPDATE vin_things SET _deleted_at = sync_time WHERE vin_thingid = '" + keys.get(6) + "'");

            VerifyReport found =
                    verify(house.engine(), house.settings(), THINGS, false).found();
            assertThat(found.verdicts())
                    .isEqualTo(Map.of(Verdict.SAME, 30L, Verdict.HASH, 1L, Verdict.RECORD, 3L, Verdict.MARKED, 1L));
            assertThat(verify(house.engine(), house.settings(), THINGS, true)
                            .found()
                            .isWell())
                    .isTrue();
            expectWell(verify(house.engine(), house.settings(), THINGS, false).found(), 35);
            assertThat(house.stored(THINGS)).isEqualTo(house.source(THINGS));
        }
    }

    @Test
    void whatChangedAtTheSourceSinceTheLastSyncIsNoFault() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            DataverseTable things = publish(house, false);
            house.sync(THINGS);
            things.set(things.keys(1).get(0), "vin_name", "Renamed");
            things.insert(thing(99));

            VerifyReport found =
                    verify(house.engine(), house.settings(), THINGS, false).found();
            assertThat(found.verdicts()).isEqualTo(Map.of(Verdict.SAME, 34L, Verdict.WAITING, 2L));
            assertThat(found.isWell()).isTrue();
            assertThat(house.sync(THINGS).counts().updated()).isEqualTo(1);
        }
    }

    @Test
    void manyAddedRowsWaitForAPersonsWordBeforeTheyAreCalledDeleted() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            publish(house, true);
            house.sync(THINGS);
            List<String> added = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                added.add("INSERT INTO vin_things (vin_thingid) VALUES ('" + new java.util.UUID(7, i) + "')");
            }
            execute(house.jdbcUrl, added.toArray(new String[0]));

            Verified repaired = verify(house.engine(), house.settings(), THINGS, true);
            assertThat(repaired.outcome().status()).isEqualTo("held");
            assertThat(repaired.found().extra()).isEqualTo(60);
            assertThat(repaired.found().isWell()).isFalse();
            assertThat(house.one("SELECT count(*) FROM vin_things WHERE _deleted_at IS NULL"))
                    .isEqualTo("95");
        }
    }

    @Test
    void lookupsThatLeadToNothingAreCounted() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            DataverseTable owners = house.sandbox.publish(
                    TableDescription.of(
                                    "vin_owner",
                                    "vin_owners",
                                    "vin_name",
                                    List.of(DataverseColumn.text("vin_name", 50)))
                            .withUsualColumns(),
                    List.of());
            String owner = owners.insert(Map.of("vin_name", "Somebody"));
            DataverseTable houses = house.sandbox.publish(
                    TableDescription.of(
                                    "vin_house",
                                    "vin_houses",
                                    "vin_name",
                                    List.of(
                                            DataverseColumn.text("vin_name", 50),
                                            DataverseColumn.lookup("vin_owner", "vin_owner")))
                            .withUsualColumns(),
                    List.of());
            houses.insert(Map.of("vin_name", "One", "vin_owner", owner));
            houses.insert(Map.of("vin_name", "Two", "vin_owner", new java.util.UUID(3, 3).toString()));
            house.with("tables", "vin_owners, vin_houses");
            house.syncAll(false);

            VerifyReport found = verify(house.engine(), house.settings(), "vin_houses", false)
                    .found();
            assertThat(found.dangling())
                    .containsExactly(new VerifyReport.Dangling("_vin_owner_value", "vin_owners", 1));
            execute(house.jdbcUrl, "UPDATE vin_owners SET _deleted_at = sync_time");
            assertThat(verify(house.engine(), house.settings(), "vin_houses", false)
                            .found()
                            .dangling())
                    .containsExactly(new VerifyReport.Dangling("_vin_owner_value", "vin_owners", 2));
        }
    }

    @Test
    void ofALinkedTableAllWantedRowsAreCompared() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            DataverseTable accounts = house.sandbox.publish(
                    TableDescription.of("account", "accounts", "name", List.of(DataverseColumn.text("name", 50)))
                            .withUsualColumns(),
                    List.of());
            DataverseTable houses = house.sandbox.publish(
                    TableDescription.of(
                                    "vin_house",
                                    "vin_houses",
                                    "vin_name",
                                    List.of(
                                            DataverseColumn.text("vin_name", 50),
                                            DataverseColumn.lookup("vin_account", "account")))
                            .withUsualColumns(),
                    List.of());
            for (int i = 0; i < 30; i++) {
                String key = accounts.insert(Map.of("name", "Account " + i));
                if (i < 20) {
                    houses.insert(Map.of("vin_name", "House " + i, "vin_account", key));
                }
            }
            house.with("tables", "accounts, vin_houses")
                    .with("table.accounts.only-linked-from", "*._vin_account_value");
            house.syncAll(false);
            execute(
                    house.jdbcUrl,
                    "UPDATE accounts SET name = 'Forged' WHERE name = 'Account 3'",
                    "DELETE FROM accounts WHERE name = 'Account 4'",
                    "INSERT INTO accounts (accountid, name) VALUES ('" + new java.util.UUID(9, 9) + "', 'Added')");

            VerifyReport keys = keys(house.engine(), house.settings(), "accounts");
            assertThat(keys.verdicts()).isEqualTo(Map.of(Verdict.SAME, 19L, Verdict.MISSING, 1L));
            assertThat(keys.extra()).isEqualTo(1);
            VerifyReport found =
                    verify(house.engine(), house.settings(), "accounts", false).found();
            assertThat(found.count(Verdict.SAME)).isEqualTo(18);
            assertThat(found.count(Verdict.DIFFERENT)).isEqualTo(1);
            assertThat(found.count(Verdict.MISSING) + found.count(Verdict.WAITING))
                    .isEqualTo(1);
            assertThat(found.extra()).isEqualTo(1);
            verify(house.engine(), house.settings(), "accounts", true);
            assertThat(house.one("SELECT count(*) FROM accounts WHERE _deleted_at IS NULL AND name LIKE 'Account%'"))
                    .isEqualTo("20");
            assertThat(house.one("SELECT count(*) FROM accounts WHERE _deleted_at IS NULL"))
                    .isEqualTo("20");
        }
    }

    @Test
    void keysAloneAreComparedWithoutTheirRows() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            List<String> keys = publish(house, true).keys(35);
            house.sync(THINGS);
            String copied = "00000000-0000-4000-8000-000000000001";
            execute(
                    house.jdbcUrl,
                    "UPDATE vin_things SET vin_name = 'Forged' WHERE vin_thingid = '" + keys.get(3) + "'",
                    "DELETE FROM vin_things WHERE vin_thingid = '" + keys.get(20) + "'",
                    "UPDATE vin_things SET _deleted_at = sync_time WHERE vin_thingid = '" + keys.get(21) + "'",
                    "INSERT INTO vin_things (vin_thingid, vin_name) VALUES ('" + copied + "', 'Added')");
            house.sandbox.forgetRequests();

            VerifyReport found = keys(house.engine(), house.settings(), THINGS);
            assertThat(found.verdicts()).isEqualTo(Map.of(Verdict.SAME, 33L, Verdict.MISSING, 2L));
            assertThat(found.extra()).isEqualTo(1);
            assertThat(found.source()).isEqualTo(35);
            assertThat(found.samples()).contains(new VerifyReport.Sample("missing", THINGS + "[" + keys.get(20) + "]"));
            assertThat(house.sandbox.requestsOf(THINGS))
                    .allSatisfy(request -> assertThat(request.target())
                            .containsAnyOf("$select=vin_thingid&", "$select=vin_thingid", "$skiptoken"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "rowversion"})
    void theSameHoldsForApiSmith(String strategy) throws SQLException {
        try (House house = new House(freshDatabase(folder), folder)) {
            house.things(25, strategy);
            for (int i = 0; i < 25; i++) {
                house.sandbox.table("things").setVersion(i, "202501010000" + (10 + i));
            }
            assertThat(house.sync().status()).isEqualTo("completed");
            expectWell(verify(house.engine(), house.settings(), "things", false).found(), 25);
            String live = house.isSqlite() ? "0" : "false";
            house.execute(
                    "UPDATE things SET \"AMOUNT\" = 7 WHERE \"ID\" = 'T-3'",
                    "DELETE FROM things WHERE \"ID\" = 'T-20'",
                    "INSERT INTO things (_bridge_id, _bridge_bk_hash, _bridge_deleted, \"ID\") VALUES ('"
                            + new java.util.UUID(1, 1) + "', 'none', " + live + ", 'T-77')");

            VerifyReport found =
                    verify(house.engine(), house.settings(), "things", false).found();
            assertThat(found.verdicts())
                    .isEqualTo(Map.of(Verdict.SAME, 23L, Verdict.DIFFERENT, 1L, Verdict.MISSING, 1L));
            assertThat(found.extra()).isEqualTo(1);
            assertThat(found.samples())
                    .extracting(VerifyReport.Sample::row)
                    .containsExactlyInAnyOrder("things[ID=T-3]", "things[ID=T-20]", "things[T-77]");
            assertThat(verify(house.engine(), house.settings(), "things", true)
                            .found()
                            .isWell())
                    .isTrue();
            assertThat(house.stored()).isEqualTo(house.source());
            expectWell(verify(house.engine(), house.settings(), "things", false).found(), 25);
        }
    }

    @Test
    void whatIsNotLoadedWholeYetIsNotCompared() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            publish(house, true);
            house.with("retry-time-budget", "0s");
            house.sandbox.faults().on(DataverseSandbox.DATA + THINGS).at(3, SandboxFault.of(SandboxFault.Kind.BROKEN));
            house.sync(THINGS);
            Verified refused = verify(house.engine(), house.settings(), THINGS, true);
            assertThat(refused.outcome().code()).isEqualTo("LOAD_UNFINISHED");
            assertThat(house.sync(THINGS).status()).isEqualTo("completed");
            assertThat(house.stored(THINGS)).isEqualTo(house.source(THINGS));
        }
    }

    @Test
    void rowsThatTheStagesRefuseAreNoLoss() throws SQLException {
        try (House house = new House(freshDatabase(folder), folder)) {
            house.things(5, "hash");
            house.sandbox.table("things").update(2, SandboxRow.values("AMOUNT", "a lot"));
            house.sync();
            String before = house.one("SELECT updated_at FROM "
                    + (house.isSqlite() ? "caravan_failed_records" : "caravan.failed_records"));
            VerifyReport found =
                    verify(house.engine(), house.settings(), "things", false).found();
            assertThat(found.refused()).isEqualTo(1);
            assertThat(found.verdicts()).isEqualTo(Map.of(Verdict.SAME, 4L));
            assertThat(found.extra()).isZero();
            assertThat(house.one("SELECT updated_at FROM "
                            + (house.isSqlite() ? "caravan_failed_records" : "caravan.failed_records")))
                    .isEqualTo(before);
        }
    }
}
