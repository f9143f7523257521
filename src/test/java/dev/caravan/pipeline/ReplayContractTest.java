package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.store.DeadLetterRepository;
import dev.caravan.testing.FakeClock;
import dev.caravan.testing.FaultySql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Dead letters that go through the stages once more: gone when they succeed, kept with the new reason otherwise. */
abstract class ReplayContractTest extends HouseContract {
    private final FakeClock clock = new FakeClock(Instant.parse("2026-03-29T12:00:00Z"));

    @BeforeEach
    void liveByTheClock() {
        house.clock(clock);
    }

    private String letters(String columns) throws SQLException {
        List<String> values = new ArrayList<>();
        house.firstRow("SELECT " + columns + " FROM " + house.own("failed_records"))
                .forEach(value -> values.add(String.valueOf(value)));
        return String.join("|", values);
    }

    private @Nullable String count() throws SQLException {
        return house.one("SELECT count(*) FROM " + house.own("failed_records"));
    }

    private void edit(String before, String after) {
        DeadLetterRepository letters = house.engine().stores().deadLetters();
        DeadLetterRepository.Stored letter = letters.latest((String) null, 1).get(0);
        assertThat(letter.letter().raw()).contains(before);
        letters.edit(letter.uid(), letter.letter().raw().replace(before, after));
    }

    @Test
    void aCorrectedRecordIsStoredOnceAndLeavesTheDeadLetters() throws SQLException {
        house.things(30, "hash");
        house.sandbox.table("things").update(12, SandboxRow.values("AMOUNT", "not a number"));
        house.sync();
        String cursors = house.one("SELECT count(*) FROM " + house.own("sync_cursors"));
        edit("not a number", "13.25");
        Outcome retried = house.retry();
        assertThat(retried.status()).isEqualTo("completed");
        assertThat(retried.counts().inserted()).isEqualTo(1);
        assertThat(count()).isEqualTo("0");
        assertThat(house.stored()).hasSize(30);
        assertThat(house.one("SELECT run_type FROM " + house.own("sync_runs") + " ORDER BY uid DESC"))
                .isEqualTo("retry");
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_cursors")))
                .isEqualTo(cursors);

        assertThat(house.retry().counts().fetched()).isZero();
        house.sandbox.table("things").update(12, SandboxRow.values("AMOUNT", "13.25"));
        assertThat(house.sync().counts().unchanged()).isTrue();
        assertThat(house.stored()).isEqualTo(house.source());
    }

    @Test
    void aRecordThatFailsOtherwiseKeepsItsLetterWithTheNewReason() throws SQLException {
        house.things(5, "hash");
        house.sandbox.table("things").update(2, SandboxRow.values("AMOUNT", "much", "NAME", "x".repeat(60)));
        house.sync();
        String before = letters("uid, created_at");
        assertThat(letters("stage")).isEqualTo("NORMALISE");
        edit("much", "7.50");
        clock.advance(Duration.ofMinutes(1));
        Outcome retried = house.retry();
        assertThat(retried.counts().failed()).isEqualTo(1);
        assertThat(retried.newDeadLetters()).isZero();
        assertThat(letters("stage, error_code, reference, retry_count"))
                .isEqualTo("VALIDATE|TEXT_TOO_LONG|things[ID=T-3]|1");
        assertThat(letters("uid, created_at")).isEqualTo(before);
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void retriesByScheduleComeLaterEachTimeAndEndAfterFive() throws SQLException {
        house.things(5, "hash");
        house.sandbox.table("things").update(2, SandboxRow.values("AMOUNT", "much"));
        house.sync();
        house.engine().retryDue();
        assertThat(letters("retry_count")).isEqualTo("0");
        int minutes = 5;
        for (int retry = 1; retry <= 5; retry++) {
            clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            house.engine().retryDue();
            assertThat(letters("retry_count")).isEqualTo(Integer.toString(retry - 1));
            clock.advance(Duration.ofSeconds(1));
            house.engine().retryDue();
            assertThat(letters("retry_count")).isEqualTo(Integer.toString(retry));
            minutes *= 2;
        }
        clock.advance(Duration.ofDays(3));
        house.engine().retryDue();
        assertThat(letters("retry_count")).isEqualTo("5");
        assertThat(house.one("SELECT next_retry_at FROM " + house.own("failed_records")))
                .isNull();
    }

    @Test
    void aRetryIsDoneByTheColumnsOfToday() throws SQLException {
        house.things(5, "hash");
        house.sandbox.table("things").update(2, SandboxRow.values("NAME", "x".repeat(60)));
        house.sync();
        assertThat(letters("stage")).isEqualTo("VALIDATE");
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        house.sandbox
                .table("things")
                .rows()
                .forEach(row -> rows.add(SandboxRow.values(
                        "ID",
                        row.value("ID"),
                        "NAME",
                        row.value("NAME"),
                        "AMOUNT",
                        row.value("AMOUNT"),
                        "BORN",
                        row.value("BORN"),
                        "SEEN",
                        row.value("SEEN"))));
        house.sandbox.publish(
                SandboxApi.of(
                        "things",
                        "hash",
                        SandboxColumn.text("ID", 20).key(),
                        SandboxColumn.text("COLOUR", 10),
                        SandboxColumn.text("NAME", 80),
                        SandboxColumn.of("BORN", "DATE"),
                        SandboxColumn.number("AMOUNT", 12, 2),
                        SandboxColumn.of("SEEN", "TIMESTAMP")),
                rows);
        house.discover();
        clock.advance(Duration.ofHours(1));
        house.engine().retryDue();
        assertThat(count()).isEqualTo("0");
        assertThat(house.stored()).isEqualTo(house.source());
    }

    @Test
    void aReplayThatBreaksOffAnywhereStoresNothingTwiceAndGoesOnLater() throws SQLException {
        house.things(6, "hash");
        house.sync();
        int failed = 0;
        int n = 1;
        for (boolean hit = true; hit; n += 3) {
            house.sandbox.table("things").update(1, SandboxRow.values("NAME", "y".repeat(41)));
            house.sandbox.table("things").update(4, SandboxRow.values("AMOUNT", "much"));
            house.sync();
            assertThat(count()).isEqualTo("2");
            edit("much", n + ".25");
            house.sandbox.table("things").update(4, SandboxRow.values("AMOUNT", n + ".25"));
            house.sandbox.table("things").update(1, SandboxRow.values("NAME", "Good again"));
            house.sql().arm(FaultySql.Kind.REFUSED, n);
            try {
                house.retry();
            } catch (DataAccessException beforeTheRun) {
                assertThat(n).isLessThan(5);
            }
            hit = !house.sql().disarm().isEmpty();
            failed += hit ? 1 : 0;
            house.retry();
            assertThat(letters("reference")).as("after statement %d", n).isEqualTo("things[ID=T-2]");
            house.retry();
            house.sync();
            Laws.hold(house, "a replay whose statement " + n + " failed");
        }
        assertThat(failed).isGreaterThan(5);
    }

    @Test
    void aReplayComesTooLateForARecordThatASyncHasStored() throws SQLException {
        house.things(5, "hash");
        house.sandbox.table("things").update(2, SandboxRow.values("AMOUNT", "much"));
        house.sync();
        house.sandbox.table("things").update(2, SandboxRow.values("AMOUNT", "7.25"));
        house.sync();
        assertThat(count()).isEqualTo("0");
        assertThat(house.retry().counts().fetched()).isZero();
        Laws.hold(house, "a replay without letters");
    }

    @Test
    void threeFailedRunsInARowRaiseAnAlertWhichACompletedOneClears() throws SQLException {
        house.with("caravan.connector.erp.retry-time-budget", "0s").things(5, "hash");
        house.sync();
        for (int run = 1; run <= 4; run++) {
            assertThat(house.one("SELECT count(*) FROM " + house.own("alerts"))).isEqualTo(run > 3 ? "1" : "0");
            house.sandbox.setFaults(number -> SandboxFault.status(500));
            assertThat(house.syncDiscovered(false).status()).isEqualTo("failed");
        }
        assertThat(house.firstRow("SELECT kind, subject, cleared_at FROM " + house.own("alerts")))
                .containsExactly("failed-runs", "erp.things", null);
        house.sandbox.setFaults(number -> null);
        house.sync();
        assertThat(house.one("SELECT cleared_at FROM " + house.own("alerts"))).isNotNull();
    }

    @Test
    void manyLettersAreRetriedPageByPage() throws SQLException {
        house.with("caravan.connector.erp.page-size", "1000").things(1300, "hash");
        for (int i = 0; i < 1300; i++) {
            if (i != 700) {
                house.sandbox.table("things").update(i, SandboxRow.values("NAME", "y".repeat(50)));
            }
        }
        house.sync();
        assertThat(count()).isEqualTo("1299");
        house.restart();
        house.with("caravan.connector.erp.entity.things.map.NAME", "NAME | regex('y+', 'y')");
        Outcome retried = house.retry();
        assertThat(retried.counts().inserted()).isEqualTo(1299);
        assertThat(retried.counts().addUp()).isTrue();
        assertThat(count()).isEqualTo("0");
        assertThat(house.stored()).hasSize(1300);
    }
}
