package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of tables whose columns come and go, and of the columns that are asked for, on each database. */
abstract class DataverseSchemaChangesContractTest extends DataverseHouseContract {
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

    private static String id(int i) {
        return new java.util.UUID(1, i).toString();
    }

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

    /** Accounts of which the things refer to some, directly and through links. */
    private DataverseTable linked() {
        TableDescription accounts = TableDescription.of(
                        "account", "accounts", "name", List.of(DataverseColumn.text("name", 50)))
                .withUsualColumns();
        TableDescription things = TableDescription.of(
                        "vin_thing",
                        THINGS,
                        "vin_name",
                        List.of(DataverseColumn.text("vin_name", 50), DataverseColumn.lookup("vin_account", "account")))
                .withUsualColumns();
        DataverseTable table = house.sandbox.publish(accounts, List.of());
        for (int i = 0; i < 1200; i++) {
            table.insert(id(i), Map.of("name", "Account " + i));
        }
        DataverseTable referring = house.sandbox.publish(things, List.of());
        for (int i = 0; i < 430; i++) {
            referring.insert(Map.of("vin_name", "Thing " + i, "vin_account", id(i)));
        }
        TableDescription junction = TableDescription.junction(
                "vin_vin_thing_account", "vin_vin_thing_accountset", "accountid", "contactid");
        DataverseTable links = house.sandbox.publish(junction, List.of());
        for (int i = 420; i < 450; i++) {
            links.insert(Map.of("accountid", id(i), "contactid", id(i + 1)));
        }
        house.with("page-size", "500")
                .with("overlap", "0s")
                .with("tables", "accounts, vin_thing, vin_vin_thing_account")
                .with("table.accounts.only-linked-from", "*._vin_account_value, vin_vin_thing_accountset.accountid");
        return table;
    }

    private void expectAccounts(int from, int to) throws SQLException {
        Map<String, Map<String, @Nullable String>> wanted = house.source("accounts");
        for (int i = 0; i < 1200; i++) {
            if (i < from || i >= to) {
                wanted.remove(id(i));
            }
        }
        assertThat(house.stored("accounts")).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofALinkedTableOnlyTheRowsThatOthersReferToAreFetched(boolean function) throws SQLException {
        DataverseTable accounts = linked();
        house.sandbox.switches().inFunction(function);
        assertThat(house.sync("accounts").status()).isEqualTo("completed");
        expectAccounts(0, 450);
        assertThat(house.sandbox.requestsOf("accounts").size()).isLessThanOrEqualTo(3);

        accounts.set(id(3), "name", "Renamed");
        accounts.set(id(999), "name", "Not wanted");
        house.sandbox
                .table(THINGS)
                .set(house.sandbox.table(THINGS).insert(Map.of("vin_name", "New")), "vin_account", id(450));
        house.sandbox.forgetRequests();
        Outcome second = house.sync("accounts");
        assertThat(second.counts().inserted()).isEqualTo(1);
        assertThat(second.counts().updated()).isEqualTo(1);
        expectAccounts(0, 451);
        assertThat(house.sandbox.requestsOf("accounts").size()).isLessThanOrEqualTo(function ? 3 : 4);
    }

    @Test
    void rowsThatNothingRefersToAnyMoreAreMarked() throws SQLException {
        linked();
        house.with("table.accounts.delete-sweep-every", "0s");
        house.sync("accounts");
        DataverseTable things = house.sandbox.table(THINGS);
        things.rows().stream()
                .filter(row -> id(7).equals(row.value("_vin_account_value")))
                .forEach(row -> things.delete(row.key()));

        assertThat(house.sync("accounts").counts().deleted()).isEqualTo(1);
        assertThat(house.stored("accounts")).hasSize(449).doesNotContainKey(id(7));
    }
}
