package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.Faults;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
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
    void aTokenThatEndsInTheMiddleIsRenewedOnceAndTheSameLinkAskedAgain() throws SQLException {
        things(35, true);
        house.sandbox.after(THINGS, 2, house.sandbox::revokeTokens);
        sync();

        assertThat(house.sandbox.logins()).isEqualTo(2);
        expectEqual(THINGS);
    }

    @Test
    void anExpiredLinkStartsAFullPassThatFindsDeletions() throws SQLException {
        DataverseTable things = things(25, true);
        sync();
        things.delete(things.keys(3).get(2));
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        house.sandbox.expireDeltaLinks();

        Outcome outcome = sync();
        assertThat(outcome.counts().deleted()).isEqualTo(1);
        expectEqual(THINGS);
        assertThat(sync().requests()).isEqualTo(1);
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
    void noAnswerToALinkIsNoChange() throws SQLException {
        DataverseTable things = things(5, true);
        sync();
        house.sandbox.switches().bareNoChanges(true);
        assertThat(sync().counts().unchanged()).isTrue();
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        sync();
        expectEqual(THINGS);
    }

    @Test
    void withoutALinkTheNextRunGoesByVersions() throws SQLException {
        DataverseTable things = things(25, true);
        house.sandbox.switches().deltaLinks(false);
        sync();
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        assertThat(sync().counts().updated()).isEqualTo(1);
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
    void anOrderThatIsRefusedIsNotAskedFor() throws SQLException {
        DataverseTable things = things(25, false);
        things.refuseOrder(true);
        sync();
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        sync();
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

    @Test
    void aPrivilegeLostIsNoMassDeletion() throws SQLException {
        DataverseTable things = things(25, true);
        sync();
        things.deny(true);
        Outcome outcome = house.sync(THINGS);
        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.code()).isEqualTo("FORBIDDEN");
        things.deny(false);
        assertThat(sync().counts().unchanged()).isTrue();
        expectEqual(THINGS);
    }

    @Test
    void anEmptyListingWaitsForAPersonsWord() throws SQLException {
        DataverseTable things = things(5, false);
        house.with("table." + THINGS + ".delete-sweep-every", "0s");
        sync();
        things.keys(5).forEach(things::delete);

        Outcome outcome = house.sync(THINGS);
        assertThat(outcome.status()).isEqualTo("held");
        assertThat(house.stored(THINGS)).hasSize(5);
    }

    @Test
    void aRunThatDiedGoesOnAtItsLastPage() throws SQLException {
        things(95, true);
        house.with("retry-time-budget", "0s");
        house.sandbox.faults().on(DataverseSandbox.DATA + THINGS).at(6, SandboxFault.of(SandboxFault.Kind.BROKEN));
        Outcome broken = house.sync(THINGS);
        assertThat(broken.status()).isEqualTo("failed");
        assertThat(broken.counts().inserted()).isEqualTo(50);
        house.sandbox.forgetRequests();

        Outcome rest = sync();
        assertThat(rest.counts().inserted()).isEqualTo(45);
        assertThat(house.sandbox.requestsOf(THINGS).stream()
                        .filter(request -> request.target().contains("?$skiptoken")))
                .hasSize(5);
        expectEqual(THINGS);
    }

    @Test
    void faultsOnTheWayLoseAndDoubleNothing() throws SQLException {
        things(45, true);
        Faults faults = house.sandbox.faults().on(DataverseSandbox.DATA + THINGS);
        house.with("data-timeout", "5s");
        faults.at(1, SandboxFault.of(SandboxFault.Kind.TRUNCATED));
        faults.at(2, DataverseFaults.throttled(Duration.ofSeconds(1)));
        faults.at(3, DataverseFaults.unavailable(Duration.ofSeconds(1)));
        sync();
        expectEqual(THINGS);
    }

    @Test
    void endlessPagesAndForeignLinksEndTheRun() throws SQLException {
        things(45, true);
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + THINGS)
                .next(1, DataverseFaults.linksElsewhere("http://127.0.0.2:9"));
        assertThat(house.sync(THINGS).code()).isEqualTo("LINK_FOREIGN");
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + THINGS)
                .next(1, DataverseFaults.samePage(house.sandbox.url()));
        assertThat(house.sync(THINGS).code()).isEqualTo("LISTING_ENDLESS");
        sync();
        expectEqual(THINGS);
    }

    @Test
    void aFailedRunLosesNoCursor() throws SQLException {
        for (String strategy : List.of("track", "version", "modified")) {
            open();
            DataverseTable things = things(15, true);
            house.with("table." + THINGS + ".strategy", strategy).with("retry-time-budget", "0s");
            sync();
            String before = cursors();
            house.sandbox.faults().on(DataverseSandbox.DATA + THINGS).next(1, DataverseFaults.status(500));
            assertThat(house.sync(THINGS).status()).isEqualTo("failed");
            assertThat(cursors()).as(strategy).isEqualTo(before);
            things.set(things.keys(1).get(0), "vin_name", "Renamed");
            assertThat(sync().counts().updated()).as(strategy).isEqualTo(1);
            expectEqual(THINGS);
        }
    }

    private @Nullable String cursors() throws SQLException {
        return house.one("SELECT max(cursor_value) || count(*) FROM " + house.own("sync_cursors"));
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
