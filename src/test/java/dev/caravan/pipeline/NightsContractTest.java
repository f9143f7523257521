package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.testing.FakeClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An entity whose pass over all rows fits into no night: what is gone from the source is found all the same. */
abstract class NightsContractTest extends HouseContract {
    private static final Instant EVENING = Instant.parse("2026-05-01T19:00:00Z");
    private static final Duration NIGHT = Duration.ofHours(11);

    private final FakeClock clock = new FakeClock(EVENING);
    private int nights;
    private int versions;

    @BeforeEach
    void workAtNight() {
        house.clock(clock)
                .with("caravan.connector.erp.entity.things.window", "19:00-07:00")
                .with("caravan.connector.erp.entity.things.zone", "Europe/Berlin");
    }

    /** The next night, which ends while the n-th data page is being answered. */
    private Outcome night(int pages) {
        nights++;
        Instant evening = EVENING.plus(Duration.ofDays(nights));
        clock.advance(Duration.between(clock.instant(), evening));
        house.sandbox.forgetRequests();
        house.sandbox.before(
                "things", pages, () -> clock.advance(Duration.between(clock.instant(), evening.plus(NIGHT))));
        return house.syncDiscovered(false);
    }

    private SandboxTable things() {
        return house.sandbox.table("things");
    }

    /** Each row has a version of its own, so that a delta is short. */
    private String version() {
        return String.valueOf(20260501000000L + versions++);
    }

    private static boolean isOver(Outcome outcome) {
        assertThat(outcome.status()).as("%s", outcome.message()).isIn("completed", "cancelled");
        return outcome.status().equals("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "rowversion"})
    void rowsThatGoAndMoveByDayAreFoundByPassesThatFitIntoNoNight(String strategy) throws SQLException {
        house.things(95, strategy);
        for (int i = 0; i < things().size(); i++) {
            things().setVersion(i, version());
        }
        assertThat(house.sync().status()).isEqualTo("completed");
        Random random = new Random(7);
        int passes = 0;
        long deleted = 0;
        for (int day = 0; day < 9; day++) {
            things().delete(random.nextInt(things().size()));
            int inserted = random.nextInt(things().size());
            things().insertAt(inserted, House.thing(100 + day));
            things().setVersion(inserted, version());
            int updated = random.nextInt(things().size());
            things().update(updated, SandboxRow.values("NAME", "Of day " + day));
            things().setVersion(updated, version());
            Set<String> known = new HashSet<>(house.stored().keySet());
            Outcome outcome = night(5);
            passes += isOver(outcome) ? 1 : 0;
            deleted += outcome.counts().deleted();
            known.retainAll(house.source().keySet());
            assertThat(house.stored().keySet()).as("night %d", day).containsAll(known);
        }
        assertThat(passes).isGreaterThanOrEqualTo(2);
        assertThat(deleted).isPositive();
        for (int pass = 0; pass < 2; pass++) {
            passOver();
            passes++;
        }
        assertThat(nights).isGreaterThanOrEqualTo(2 * passes);
        Laws.hold(house, "nights without changes");
    }

    /** Nights until a pass over all rows is at its end; none of them is long enough for it. */
    private long passOver() {
        long deleted = 0;
        for (int night = 0; night < 8; night++) {
            Outcome outcome = night(5);
            deleted += outcome.counts().deleted();
            if (isOver(outcome)) {
                return deleted;
            }
        }
        throw new AssertionError("Eight nights were not enough");
    }

    @Test
    void moreRowsThanAreLookedUpGoAfterASecondListingOverSeveralNights() throws SQLException {
        house.with("caravan.max-delete-percent", "100").things(330, "hash");
        house.sync();
        for (int i = 0; i < 230; i++) {
            things().delete(i % 100);
        }
        assertThat(passOver()).isEqualTo(230);
        assertThat(nights).isGreaterThanOrEqualTo(5);
        Laws.hold(house, "two listings");
    }

    @Test
    void aPassOfWhichANightIsNotKnownMarksNothingAndTheNextOneDoes() throws SQLException {
        house.things(95, "hash");
        house.sync();
        things().delete(40);
        assertThat(isOver(night(5))).isFalse();
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_cursors") + " WHERE cursor_type = 'PASS'"))
                .isEqualTo("1");
        house.execute("DELETE FROM " + house.own("sync_cursors") + " WHERE cursor_type = 'PASS'");
        house.restart();
        assertThat(passOver()).isZero();
        assertThat(passOver()).isEqualTo(1);
        Laws.hold(house, "the second pass");
    }

    @Test
    void aNightThatASyncByNameEndsLeavesNothingBehind() throws SQLException {
        house.things(95, "hash");
        house.sync();
        things().delete(40);
        assertThat(isOver(night(5))).isFalse();
        clock.advance(Duration.ofDays(1).minus(NIGHT));
        nights++;
        assertThat(house.sync(true).counts().deleted()).isEqualTo(1);
        assertThat(house.one("SELECT count(*) FROM " + house.own("pass_rows"))).isEqualTo("0");
        Laws.hold(house, "a full refresh");
    }
}
