package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.RequestLog;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that come, change and go while a load of several pages is under way, or broken off, after their page was read. */
abstract class DataverseLoadsContractTest extends DataverseThingsContract {
    private List<RequestLog.Entry> listingsOfKeys() {
        return house.sandbox.requestsOf(THINGS).stream()
                .filter(request -> request.target().contains("$select=vin_thingid"))
                .toList();
    }

    private List<RequestLog.Entry> listingsOfChanges() {
        return house.sandbox.requestsOf(THINGS).stream()
                .filter(request -> request.target().contains("versionnumber%20gt"))
                .toList();
    }

    /** Rows that were changed long before any load. */
    private static void backdated(DataverseTable things) {
        things.keys(35).forEach(key -> things.backdate(key, Instant.parse("2020-01-01T00:00:00Z")));
    }

    @Test
    void aTrackedRowThatGoesAfterItsPageWasReadIsMarkedAtTheEndOfTheLoad() throws SQLException {
        DataverseTable things = things(35, true);
        String first = things.keys(1).get(0);
        house.sandbox.before(THINGS, 3, () -> things.delete(first));
        Outcome load = house.sync(THINGS);
        assertThat(load.status()).as(load.message()).isEqualTo("completed");
        assertThat(load.counts().inserted()).isEqualTo(35);
        assertThat(load.counts().deleted()).isEqualTo(1);
        expectEqual(THINGS);
        assertThat(house.one("SELECT count(*) FROM " + THINGS + " WHERE _deleted_at IS NOT NULL"))
                .isEqualTo("1");

        house.sandbox.forgetRequests();
        assertThat(house.sync(THINGS).counts().unchanged()).isTrue();
        assertThat(house.sandbox.requestsOf(THINGS)).hasSize(1);
    }

    @Test
    void aTrackedLoadBehindWhichNothingChangedIsToldSoByTheVersionsOfItsKeys() throws SQLException {
        backdated(things(35, true));
        Outcome load = house.sync(THINGS);
        assertThat(load.status()).as(load.message()).isEqualTo("completed");
        assertThat(listingsOfKeys())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.target()).contains("vin_thingid,versionnumber"));
        assertThat(listingsOfChanges()).isEmpty();
        expectEqual(THINGS);
        assertThat(sync().counts().unchanged()).isTrue();
    }

    @Test
    void aRowThatChangesBehindATrackedLoadIsBroughtAfterItsKeys() throws SQLException {
        DataverseTable things = things(35, true);
        backdated(things);
        String first = things.keys(1).get(0);
        house.sandbox.before(THINGS, 3, () -> things.set(first, "vin_name", "Changed behind"));
        Outcome load = house.sync(THINGS);
        assertThat(load.status()).as(load.message()).isEqualTo("completed");
        assertThat(load.counts().inserted()).isEqualTo(35);
        assertThat(load.counts().updated()).isEqualTo(1);
        assertThat(listingsOfChanges()).hasSize(1);
        expectEqual(THINGS);
        assertThat(sync().counts().unchanged()).isTrue();
    }

    @Test
    void aRowThatComesBehindATrackedLoadIsBroughtAndNoneIsMarked() throws SQLException {
        DataverseTable things = things(35, true);
        backdated(things);
        String first = things.keys(1).get(0);
        house.sandbox.before(THINGS, 3, () -> {
            things.insert("00000000-0000-4000-8000-000000000001", thing(77));
            things.delete(first);
        });
        Outcome load = house.sync(THINGS);
        assertThat(load.status()).as(load.message()).isEqualTo("completed");
        assertThat(load.counts().inserted()).isEqualTo(36);
        assertThat(load.counts().deleted()).isEqualTo(1);
        expectEqual(THINGS);
        assertThat(sync().counts().unchanged()).isTrue();
    }

    @Test
    void aLoadThatIsResumedFindsWhatWentMeanwhile() throws SQLException {
        DataverseTable things = things(35, false);
        String first = things.keys(1).get(0);
        breakOff(THINGS, 3);
        things.delete(first);
        Outcome resumed = house.sync(THINGS);
        assertThat(resumed.status()).as(resumed.message()).isEqualTo("completed");
        assertThat(resumed.counts().inserted()).isEqualTo(15);
        assertThat(resumed.counts().deleted()).isEqualTo(1);
        expectEqual(THINGS);
    }

    @Test
    void aFirstLoadThatBeginsAnewFindsWhatWentMeanwhile() throws SQLException {
        DataverseTable things = things(35, false);
        String first = things.keys(1).get(0);
        breakOff(THINGS, 3);
        things.delete(first);
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + THINGS)
                .byNumber(number -> number == 1 ? DataverseFaults.status(400) : null);
        Outcome anew = house.sync(THINGS);
        assertThat(anew.status()).as(anew.message()).isEqualTo("completed");
        assertThat(anew.counts().deleted()).isEqualTo(1);
        assertThat(listingsOfKeys())
                .allSatisfy(request -> assertThat(request.target()).contains("$filter"));
        expectEqual(THINGS);
    }

    @Test
    void keysAreNotListedOnceMoreWhereNothingCanHaveBeenMissed() throws SQLException {
        things(35, false);
        house.sync(THINGS);
        assertThat(listingsOfKeys()).isEmpty();
        expectEqual(THINGS);
    }

    @Test
    void nothingIsMarkedWhereDeletionsAreNotWanted() throws SQLException {
        DataverseTable things = things(35, true);
        house.with("table." + THINGS + ".deletes", "off");
        String first = things.keys(1).get(0);
        house.sandbox.before(THINGS, 3, () -> things.delete(first));
        assertThat(house.sync(THINGS).counts().deleted()).isZero();
        assertThat(listingsOfKeys()).isEmpty();
        assertThat(house.one("SELECT count(*) FROM " + THINGS + " WHERE _deleted_at IS NULL"))
                .isEqualTo("35");
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "version", "modified", "full"})
    void aLoadThatIsResumedEndsEqualToItsSource(String strategy) throws SQLException {
        DataverseTable things = things(35, true);
        house.with("table." + THINGS + ".strategy", strategy);
        breakOff(THINGS, 3);
        List<String> keys = things.keys(35);
        things.insert("00000000-0000-4000-8000-000000000001", thing(77));
        Map<String, @Nullable Object> undated = thing(78);
        undated.put("modifiedon", null);
        things.insert("00000000-0000-4000-8000-000000000002", undated);
        things.set(keys.get(2), "vin_name", "Changed behind");
        things.set(keys.get(30), "vin_name", "Changed ahead");
        things.delete(keys.get(5));
        if (!strategy.equals("modified")) {
            things.backdate(keys.get(7), Instant.parse("2020-01-01T00:00:00Z"));
        }
        sync();
        expectEqual(THINGS);
        assertThat(house.stored(THINGS)).hasSize(36);
        assertThat(sync().counts().unchanged()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "version"})
    void aResumedLoadOfOldRowsBringsTheOneThatChangedBehind(String strategy) throws SQLException {
        DataverseTable things = things(35, true);
        house.with("table." + THINGS + ".strategy", strategy);
        backdated(things);
        breakOff(THINGS, 3);
        List<String> keys = things.keys(35);
        things.set(keys.get(2), "vin_name", "Changed behind");
        things.delete(keys.get(5));
        sync();
        assertThat(listingsOfChanges()).hasSize(1);
        expectEqual(THINGS);
        assertThat(sync().counts().unchanged()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "modified"})
    void aResumedLoadOfATableThatRefusesAnOrderEndsEqualToo(String strategy) throws SQLException {
        DataverseTable things = things(35, false);
        things.refuseOrder(true);
        house.with("table." + THINGS + ".strategy", strategy);
        breakOff(THINGS, 4);
        things.set(things.keys(3).get(2), "vin_name", "Changed behind");
        things.insert("00000000-0000-4000-8000-000000000001", thing(77));
        sync();
        expectEqual(THINGS);
    }

    @Test
    void aResumedLoadOfATableWithoutTimesBringsWhatWasCommittedLate() throws SQLException {
        DataverseTable links = house.sandbox.publish(
                TableDescription.junction("vin_link", "vin_linkset", "accountid", "contactid"), List.of());
        long open = house.sandbox.openVersion();
        for (int i = 0; i < 35; i++) {
            links.insert(Map.of("accountid", id(i), "contactid", id(i + 1)));
        }
        house.with("tables", "vin_link");
        breakOff("vin_linkset", 3);
        links.insert(Map.of("accountid", id(77), "contactid", id(78), "versionnumber", open));
        links.insert(Map.of("accountid", id(79), "contactid", id(80)));
        sync("vin_linkset");
        expectEqual("vin_linkset");
    }

    @Test
    void aResumedLoadHoldsTheRowsThatMeetTheFilterInTheEnd() throws SQLException {
        DataverseTable things = things(35, true);
        house.with("table." + THINGS + ".filter", "statecode eq 0");
        List<String> keys = things.keys(35);
        things.set(keys.get(1), "statecode", 1);
        breakOff(THINGS, 3);
        things.set(keys.get(1), "statecode", 0);
        things.set(keys.get(2), "statecode", 1);
        sync();
        Map<String, Map<String, @Nullable String>> wanted = house.source(THINGS);
        wanted.remove(keys.get(2));
        assertThat(house.stored(THINGS)).isEqualTo(wanted);
    }

    @Test
    void aLoadWhoseFilterIsAnotherNowIsNotResumed() throws SQLException {
        DataverseTable things = things(35, false);
        things.keys(20).forEach(key -> things.set(key, "statecode", 1));
        house.with("table." + THINGS + ".filter", "statecode eq 1");
        breakOff(THINGS, 2);
        house.with("table." + THINGS + ".filter", "statecode eq 0");
        sync();
        Map<String, Map<String, @Nullable String>> wanted = house.source(THINGS);
        things.keys(20).forEach(wanted::remove);
        assertThat(house.stored(THINGS)).isEqualTo(wanted);
    }

    @Test
    void aTrackedTableWithoutVersionsMissesNoChangeOfItsLoad() throws SQLException {
        DataverseTable things = house.sandbox.publish(
                TableDescription.of("vin_bare", "vin_bares", "vin_name", List.of(DataverseColumn.text("vin_name", 100)))
                        .withChangeTracking(true),
                Collections.nCopies(35, Map.<String, @Nullable Object>of("vin_name", "A thing")));
        house.with("tables", "vin_bares");
        house.sandbox.before("vin_bares", 3, () -> things.set(things.keys(3).get(2), "vin_name", "Changed behind"));
        sync("vin_bares");
        expectEqual("vin_bares");
    }
}
