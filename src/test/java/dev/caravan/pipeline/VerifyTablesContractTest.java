package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delta.Verdict;
import dev.caravan.route.SyncOptions;
import dev.caravan.route.VerifyReport;
import dev.caravan.sandbox.SandboxBusiness;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of all kinds are compared with their sources: linked ones, those of APISmith, whole businesses. */
abstract class VerifyTablesContractTest {
    @TempDir
    Path folder = Path.of("");

    abstract String freshDatabase(Path folder);

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

            VerifyReport found = Verifying.verify(house.engine(), house.settings(), "vin_houses", false)
                    .found();
            assertThat(found.dangling())
                    .containsExactly(new VerifyReport.Dangling("_vin_owner_value", "vin_owners", 1));
            Verifying.execute(house.jdbcUrl, "UPDATE vin_owners SET _deleted_at = sync_time");
            assertThat(Verifying.verify(house.engine(), house.settings(), "vin_houses", false)
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
            Verifying.execute(
                    house.jdbcUrl,
                    "UPDATE accounts SET name = 'Forged' WHERE name = 'Account 3'",
                    "DELETE FROM accounts WHERE name = 'Account 4'",
                    "INSERT INTO accounts (accountid, name) VALUES ('" + new java.util.UUID(9, 9) + "', 'Added')");

            VerifyReport keys = Verifying.keys(house.engine(), house.settings(), "accounts");
            assertThat(keys.verdicts()).isEqualTo(Map.of(Verdict.SAME, 19L, Verdict.MISSING, 1L));
            assertThat(keys.extra()).isEqualTo(1);
            VerifyReport found = Verifying.verify(house.engine(), house.settings(), "accounts", false)
                    .found();
            assertThat(found.count(Verdict.SAME)).isEqualTo(18);
            assertThat(found.count(Verdict.DIFFERENT)).isEqualTo(1);
            assertThat(found.count(Verdict.MISSING) + found.count(Verdict.WAITING))
                    .isEqualTo(1);
            assertThat(found.extra()).isEqualTo(1);
            Verifying.verify(house.engine(), house.settings(), "accounts", true);
            assertThat(house.one("SELECT count(*) FROM accounts WHERE _deleted_at IS NULL AND name LIKE 'Account%'"))
                    .isEqualTo("20");
            assertThat(house.one("SELECT count(*) FROM accounts WHERE _deleted_at IS NULL"))
                    .isEqualTo("20");
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
            Verifying.expectWell(
                    Verifying.verify(house.engine(), house.settings(), "things", false)
                            .found(),
                    25);
            String live = house.isSqlite() ? "0" : "false";
            house.execute(
                    "UPDATE things SET \"AMOUNT\" = 7 WHERE \"ID\" = 'T-3'",
                    "DELETE FROM things WHERE \"ID\" = 'T-20'",
                    "INSERT INTO things (_bridge_id, _bridge_bk_hash, _bridge_deleted, \"ID\") VALUES ('"
                            + new java.util.UUID(1, 1) + "', 'none', " + live + ", 'T-77')");

            VerifyReport found = Verifying.verify(house.engine(), house.settings(), "things", false)
                    .found();
            assertThat(found.verdicts())
                    .isEqualTo(Map.of(Verdict.SAME, 23L, Verdict.DIFFERENT, 1L, Verdict.MISSING, 1L));
            assertThat(found.extra()).isEqualTo(1);
            assertThat(found.samples())
                    .extracting(VerifyReport.Sample::row)
                    .containsExactlyInAnyOrder("things[ID=T-3]", "things[ID=T-20]", "things[T-77]");
            assertThat(Verifying.verify(house.engine(), house.settings(), "things", true)
                            .found()
                            .isWell())
                    .isTrue();
            assertThat(house.stored()).isEqualTo(house.source());
            Verifying.expectWell(
                    Verifying.verify(house.engine(), house.settings(), "things", false)
                            .found(),
                    25);
        }
    }

    /** Every type of column goes into the database and comes back as the same value. */
    @Test
    void wholeBusinessesAreFoundAsTheyAre() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            DataverseBusiness.publish(house.sandbox, DataverseBusiness.Size.small());
            house.with("tables", "*").with("page-size", "500");
            house.syncAll(false);
            Verifying.expectNothingWrong(house.engine(), 23);
        }
        try (House house = new House(freshDatabase(folder), folder)) {
            SandboxBusiness.publish(house.sandbox, 1);
            house.with("caravan.connector.erp.page-size", "1000");
            house.discover();
            house.engine().sync(house.engine().entities(), new SyncOptions(false, "cli", Duration.ZERO), ended -> {});
            Verifying.expectNothingWrong(house.engine(), 4);
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
            VerifyReport found = Verifying.verify(house.engine(), house.settings(), "things", false)
                    .found();
            assertThat(found.refused()).isEqualTo(1);
            assertThat(found.verdicts()).isEqualTo(Map.of(Verdict.SAME, 4L));
            assertThat(found.extra()).isZero();
            assertThat(house.one("SELECT updated_at FROM "
                            + (house.isSqlite() ? "caravan_failed_records" : "caravan.failed_records")))
                    .isEqualTo(before);
        }
    }

    @Test
    void extraRowsAreToldWhereDeletionsAreOff() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            Verifying.publish(house, false);
            house.with("table.vin_things.deletes", "off");
            house.sync(Verifying.THINGS);
            Verifying.execute(
                    house.jdbcUrl,
                    "UPDATE vin_things SET vin_name = 'Forged' WHERE vin_kind = 100003",
                    "INSERT INTO vin_things (vin_thingid, vin_name) VALUES ('00000000-0000-4000-8000-000000000001',"
                            + " 'Added')");
            VerifyReport repaired = Verifying.verify(house.engine(), house.settings(), Verifying.THINGS, true)
                    .found();
            assertThat(repaired.verdicts()).isEqualTo(Map.of(Verdict.SAME, 34L, Verdict.DIFFERENT, 1L));
            assertThat(repaired.extra()).isEqualTo(1);
            assertThat(repaired.held()).isEqualTo(1);
            assertThat(repaired.isWell()).isFalse();
            assertThat(house.one("SELECT count(*) FROM vin_things WHERE _deleted_at IS NULL"))
                    .isEqualTo("36");
            assertThat(house.one("SELECT count(*) FROM vin_things WHERE vin_name = 'Forged'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void keysAloneAreComparedWithoutTheirRows() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            List<String> keys = Verifying.publish(house, true).keys(35);
            house.sync(Verifying.THINGS);
            String copied = "00000000-0000-4000-8000-000000000001";
            Verifying.execute(
                    house.jdbcUrl,
                    "UPDATE vin_things SET vin_name = 'Forged' WHERE vin_thingid = '" + keys.get(3) + "'",
                    "DELETE FROM vin_things WHERE vin_thingid = '" + keys.get(20) + "'",
                    "UPDATE vin_things SET _deleted_at = sync_time WHERE vin_thingid = '" + keys.get(21) + "'",
                    "INSERT INTO vin_things (vin_thingid, vin_name) VALUES ('" + copied + "', 'Added')");
            house.sandbox.forgetRequests();

            VerifyReport found = Verifying.keys(house.engine(), house.settings(), Verifying.THINGS);
            assertThat(found.verdicts()).isEqualTo(Map.of(Verdict.SAME, 33L, Verdict.MISSING, 2L));
            assertThat(found.extra()).isEqualTo(1);
            assertThat(found.source()).isEqualTo(35);
            assertThat(found.samples())
                    .contains(new VerifyReport.Sample("missing", Verifying.THINGS + "[" + keys.get(20) + "]"));
            assertThat(house.sandbox.requestsOf(Verifying.THINGS))
                    .allSatisfy(request -> assertThat(request.target())
                            .containsAnyOf("$select=vin_thingid&", "$select=vin_thingid", "$skiptoken"));
        }
    }
}
