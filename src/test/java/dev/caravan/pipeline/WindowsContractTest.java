package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.testing.FakeClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An entity that is synced at night only, and needs more than one. */
abstract class WindowsContractTest {
    private static final Instant EVENING = Instant.parse("2026-03-27T19:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private final FakeClock clock = new FakeClock(EVENING);
    private House house = new House("", Path.of(""));

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        house.close();
        house = new House(freshDatabase(folder), folder)
                .clock(clock)
                .with("caravan.connector.erp.entity.things.window", "19:00-07:00")
                .with("caravan.connector.erp.entity.things.zone", "Europe/Berlin");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void until(String instant) {
        clock.advance(Duration.between(clock.instant(), Instant.parse(instant)));
    }

    /** The night ends while the n-th data page from now on is being answered. */
    private void dawnAtPage(int page, String dawn) {
        house.sandbox.forgetRequests();
        house.sandbox.before("things", page, () -> until(dawn));
    }

    private String run(String column) throws SQLException {
        return String.valueOf(
                house.one("SELECT " + column + " FROM " + house.own("sync_runs") + " ORDER BY uid DESC LIMIT 1"));
    }

    private String background(String column) throws SQLException {
        return String.valueOf(house.one("SELECT " + column + " FROM " + house.own("background_schedules")));
    }

    private long rows() throws SQLException {
        return Long.parseLong(String.valueOf(house.one("SELECT count(*) FROM things")));
    }

    private long pages() {
        return house.sandbox.log().requestsOf("things").size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "rowversion", "auto"})
    void aLoadOfSeveralNightsGoesOnWhereTheNightBeforeEnded(String strategy) throws SQLException {
        house.things(95, strategy);
        house.discover();
        dawnAtPage(4, "2026-03-28T06:00:00Z");
        Outcome first = house.syncDiscovered(false);
        assertThat(first.status()).isEqualTo("cancelled");
        assertThat(first.code()).isEqualTo("WINDOW_CLOSED");
        long night = rows();
        assertThat(night).isBetween(20L, 50L);
        assertThat(run("run_type")).isEqualTo("background");
        assertThat(background("current_offset")).startsWith("page ");

        house.sandbox.forgetRequests();
        assertThat(house.syncDiscovered(false).status()).isEqualTo("waiting");
        assertThat(pages()).isZero();
        house.restart();

        until("2026-03-28T18:30:00Z");
        dawnAtPage(3, "2026-03-29T05:00:00Z");
        assertThat(house.syncDiscovered(false).code()).isEqualTo("WINDOW_CLOSED");
        assertThat(rows()).isGreaterThan(night).isLessThan(95);

        until("2026-03-29T17:00:00Z");
        house.sandbox.forgetRequests();
        assertThat(house.syncDiscovered(false).status()).isEqualTo("completed");
        assertThat(house.stored()).isEqualTo(house.source());
        assertThat(pages()).isLessThanOrEqualTo(8);
        assertThat(background("current_offset")).isEqualTo("null");
        Laws.hold(house, "after three nights");

        house.sandbox.edit("things", 3, 5, 0);
        until("2026-03-30T17:00:00Z");
        assertThat(house.syncDiscovered(false).status()).isEqualTo("completed");
        assertThat(house.stored()).isEqualTo(house.source());
    }

    @Test
    void theNightInWhichTheClockIsPutForwardEndsAnHourEarlier() throws SQLException {
        house.things(35, "hash");
        house.discover();
        until("2026-03-29T04:59:00Z");
        dawnAtPage(2, "2026-03-29T05:00:00Z");
        assertThat(house.syncDiscovered(false).code()).isEqualTo("WINDOW_CLOSED");
        assertThat(house.syncDiscovered(false).status()).isEqualTo("waiting");
        until("2026-03-29T16:59:59Z");
        assertThat(house.syncDiscovered(false).status()).isEqualTo("waiting");
        until("2026-03-29T17:00:00Z");
        assertThat(house.syncDiscovered(false).status()).isEqualTo("completed");
        assertThat(house.stored()).isEqualTo(house.source());
    }

    @Test
    void aFullPassOverTwoNightsFindsWhatIsGoneAndCountsFromItsFirst() throws SQLException {
        house.with("caravan.connector.erp.entity.things.full-pass-every", "7d").things(60, "rowversion");
        house.sync();
        until("2026-04-05T18:00:00Z");
        house.sandbox.table("things").delete(2);
        dawnAtPage(4, "2026-04-06T06:00:00Z");
        assertThat(house.syncDiscovered(false).code()).isEqualTo("WINDOW_CLOSED");
        until("2026-04-06T18:30:00Z");
        Outcome second = house.syncDiscovered(false);
        assertThat(second.status()).isEqualTo("completed");
        assertThat(second.counts().deleted()).isEqualTo(1);
        assertThat(lastFullPass()).isEqualTo("2026-04-05T18:00:00Z");
        assertThat(house.stored()).isEqualTo(house.source());
        assertThat(house.one("SELECT count(*) FROM " + house.own("pass_rows"))).isEqualTo("0");
    }

    private String lastFullPass() {
        return String.valueOf(
                house.engine().stores().entities().find("things").orElseThrow().lastFullPassAt());
    }

    @Test
    void whereRowsMovedDuringTheDayEverythingIsListedOnceMore() throws SQLException {
        house.things(60, "rowversion");
        house.discover();
        dawnAtPage(4, "2026-03-28T06:00:00Z");
        assertThat(house.syncDiscovered(false).code()).isEqualTo("WINDOW_CLOSED");
        for (int i = 0; i < 15; i++) {
            house.sandbox.table("things").delete(0);
        }
        until("2026-03-28T18:30:00Z");
        assertThat(house.syncDiscovered(false).status()).isEqualTo("completed");
        assertThat(house.stored()).isEqualTo(house.source());
    }

    @Test
    void anEntityWithoutWindowIsNoneAnyMore() throws SQLException {
        house.things(5, "hash");
        house.sync();
        assertThat(background("window_start") + background("window_end") + background("zone"))
                .isEqualTo("19:0007:00Europe/Berlin");
        house.restart();
        house.with("caravan.connector.erp.entity.things.window", "")
                .with("caravan.connector.erp.entity.things.zone", "");
        until("2026-03-28T12:00:00Z");
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(background("is_active")).isIn("0", "f");
    }
}
