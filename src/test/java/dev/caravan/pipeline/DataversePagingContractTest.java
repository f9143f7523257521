package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.dataverse.DataverseTable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a table that changes while it is read, and cursors whose values are equal, missing or lower than before. */
abstract class DataversePagingContractTest extends DataverseThingsContract {
    private static final Instant SECOND = Instant.parse("2026-01-05T08:00:00Z");

    private void strategy(String strategy) {
        house.with("table." + THINGS + ".strategy", strategy)
                .with("table." + THINGS + ".delete-sweep-every", "0s")
                .with("overlap", "0s");
    }

    private @Nullable String cursor(String type) throws SQLException {
        return house.one(
                "SELECT cursor_value FROM " + house.own("sync_cursors") + " WHERE cursor_type = '" + type + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "version", "modified", "full"})
    void rowsThatComeAndGoBetweenThePagesOfALoadAndOfItsChangesArrive(String strategy) throws SQLException {
        DataverseTable things = things(45, true);
        strategy(strategy);
        house.with("overlap", "5m");
        for (int pass = 0; pass < 2; pass++) {
            house.sandbox.forgetRequests();
            int round = pass;
            house.sandbox.after(THINGS, 2, () -> {
                List<String> keys = things.keys(45);
                things.set(keys.get(0), "vin_name", "Moved " + round);
                things.delete(keys.get(2));
                things.delete(keys.get(40));
                things.insert(thing(100 + round));
            });
            sync();
            things.keys(40).forEach(key -> things.set(key, "vin_good", null));
        }
        sync();
        expectEqual(THINGS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyRowsOfOneSecondArriveThoughPagesOverlap(boolean overlapping) throws SQLException {
        DataverseTable things = things(45, false);
        strategy("modified");
        house.sandbox.switches().repeatedTies(overlapping);
        sync();
        house.sandbox.setClock(Clock.fixed(SECOND.plusSeconds(400_000_000), ZoneOffset.UTC));
        things.keys(33).forEach(key -> things.set(key, "vin_name", "In one second"));
        assertThat(sync().counts().updated()).isEqualTo(33);
        expectEqual(THINGS);
    }

    @Test
    void aRowThatChangesInTheSecondOfTheCursorArrives() throws SQLException {
        house.sandbox.setClock(Clock.fixed(SECOND, ZoneOffset.UTC));
        DataverseTable things = things(15, false);
        strategy("modified");
        sync();
        List<String> keys = things.keys(15);
        house.sandbox.setClock(Clock.fixed(SECOND.plusSeconds(100), ZoneOffset.UTC));
        things.set(keys.get(3), "vin_name", "First");
        sync();
        assertThat(cursor("TIMESTAMP")).isEqualTo(SECOND.plusSeconds(100).toString());
        things.set(keys.get(4), "vin_name", "In the same second");
        assertThat(sync().counts().updated()).isEqualTo(1);
        expectEqual(THINGS);
    }

    @Test
    void aChangeTimeThatGoesBackwardsTakesNoCursorAlong() throws SQLException {
        house.sandbox.setClock(Clock.fixed(SECOND, ZoneOffset.UTC));
        DataverseTable things = things(15, false);
        strategy("modified");
        sync();
        house.sandbox.setClock(Clock.fixed(SECOND.plusSeconds(100), ZoneOffset.UTC));
        things.keys(15).forEach(key -> things.set(key, "vin_name", "Changed"));
        sync();
        String reached = cursor("TIMESTAMP");
        things.keys(15).forEach(key -> things.backdate(key, SECOND.minusSeconds(5000)));
        house.syncAll(true);
        assertThat(cursor("TIMESTAMP")).isEqualTo(reached);
        expectEqual(THINGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "modified"})
    void rowsWithoutAChangeTimeNeitherStopNorResetTheCursor(String strategy) throws SQLException {
        DataverseTable things = things(25, false);
        strategy(strategy);
        things.keys(15).forEach(key -> things.set(key, "modifiedon", null));
        sync();
        expectEqual(THINGS);
        String type = strategy.equals("version") ? "VERSION" : "TIMESTAMP";
        String reached = String.valueOf(cursor(type));
        things.set(things.keys(20).get(19), "vin_name", "Renamed");
        assertThat(sync().counts().updated()).isEqualTo(1);
        assertThat(String.valueOf(cursor(type))).isGreaterThanOrEqualTo(reached);
        expectEqual(THINGS);
    }

    @Test
    void theNewestVersionThatIsGoneTakesNoCursorAlong() throws SQLException {
        DataverseTable things = things(15, false);
        strategy("version");
        String newest = things.insert(thing(50));
        sync();
        String reached = String.valueOf(cursor("VERSION"));
        things.delete(newest);
        house.syncAll(true);
        assertThat(String.valueOf(cursor("VERSION"))).isGreaterThanOrEqualTo(reached);
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        assertThat(sync().counts().updated()).isEqualTo(1);
        expectEqual(THINGS);
    }

    @Test
    void linksThatSayNothingAndPagesSmallerThanAskedForAreFollowed() throws SQLException {
        DataverseTable things = things(35, true);
        things.makeCookiesOpaque(true);
        things.setLargestPage(4);
        sync();
        expectEqual(THINGS);
        things.keys(11).forEach(key -> things.set(key, "vin_name", "Changed"));
        assertThat(sync().counts().updated()).isEqualTo(11);
        expectEqual(THINGS);
    }

    @Test
    void aPageThatIsExactlyFullAnEmptyTableAndOneRow() throws SQLException {
        DataverseTable things = things(0, true);
        assertThat(sync().counts().unchanged()).isTrue();
        String only = things.insert(thing(1));
        sync();
        expectEqual(THINGS);
        for (int i = 2; i <= 20; i++) {
            things.insert(thing(i));
        }
        sync();
        house.syncAll(true);
        expectEqual(THINGS);
        things.delete(only);
        assertThat(sync().counts().deleted()).isEqualTo(1);
        expectEqual(THINGS);
    }
}
