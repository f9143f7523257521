package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.testing.FakeClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that wait for others of their own entity: chains in any order, and rings. */
abstract class StaffContractTest {
    @TempDir
    Path folder = Path.of("");

    final FakeClock clock = new FakeClock(Instant.parse("2026-03-29T12:00:00Z"));
    House house = new House("", Path.of(""));
    Kinsfolk kin = new Kinsfolk(house);

    abstract String freshDatabase(Path folder);

    /** Where the records go, if not into tables. */
    House aim(House at) {
        return at;
    }

    @BeforeEach
    void open() {
        house.close();
        house = aim(new House(freshDatabase(folder), folder).clock(clock));
        kin = new Kinsfolk(house).publish("hash");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aCycleIsRecognisedAndNamedAndGoesOnceOneOfItIsCorrected() throws SQLException {
        kin.staff("1", "2");
        kin.staff("2", "3");
        kin.staff("3", "1");
        kin.staff("4", "3");
        kin.staff("5", "5");
        Outcome first = kin.one("staff");
        assertThat(first.counts().failed()).isEqualTo(3);
        assertThat(first.counts().pending()).isEqualTo(1);
        assertThat(kin.stored("staff", "ID")).isEqualTo("5");
        assertThat(kin.letters())
                .isEqualTo("RESOLVE PARENT_CYCLE staff[ID=1]; RESOLVE PARENT_CYCLE staff[ID=2];"
                        + " RESOLVE PARENT_CYCLE staff[ID=3]");
        assertThat(house.one("SELECT error_message FROM " + house.own("failed_records") + " ORDER BY reference"))
                .isEqualTo("It waits for itself: staff[ID=1] waits for staff[ID=2] waits for staff[ID=3] waits for"
                        + " staff[ID=1]; correct one of them at the source");
        clock.advance(Duration.ofMinutes(1));
        Outcome again = kin.one("staff");
        assertThat(again.counts().failed()).isEqualTo(3);
        assertThat(again.newDeadLetters()).isZero();

        kin.table("staff").update(2, SandboxRow.values("BOSS", ""));
        kin.one("staff");
        assertThat(kin.letters()).isEmpty();
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.stored("staff", "ID")).isEqualTo("1,2,3,4,5");
        kin.expectCountsToAddUp();
    }

    @Test
    void aCycleThatClosesLaterTakesThoseAlongThatWaitedAlready() throws SQLException {
        kin.staff("1", "2");
        kin.one("staff");
        assertThat(kin.waiting()).isEqualTo("staff[ID=1]");
        house.with("caravan.connector.erp.entity.staff.strategy", "rowversion");
        kin.staff("2", "1");
        kin.one("staff");
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.letters()).isEqualTo("RESOLVE PARENT_CYCLE staff[ID=1]; RESOLVE PARENT_CYCLE staff[ID=2]");
        kin.expectCountsToAddUp();
    }

    @Test
    void theOrderOfRowsWithinAPageDoesNotMatter() throws SQLException {
        kin.staff("4", "3");
        kin.staff("3", "2");
        kin.staff("2", "1");
        kin.staff("1", null);
        Outcome outcome = kin.one("staff");
        assertThat(outcome.counts().inserted()).isEqualTo(4);
        assertThat(outcome.counts().pending()).isZero();
    }

    @Test
    void aBossOnALaterPageReleasesThoseOfEarlierPagesInTheSameRun() throws SQLException {
        for (int i = 1; i <= 24; i++) {
            kin.staff("W" + (100 + i), i < 24 ? "W" + (101 + i) : null);
        }
        List<Outcome> outcomes = kin.sync("staff");
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.stored("staff", "ID")).isEqualTo(kin.source("staff", "ID"));
        assertThat(outcomes).hasSize(1);
        kin.expectCountsToAddUp();
        assertThat(kin.one("staff").counts().unchanged()).isTrue();
    }
}
