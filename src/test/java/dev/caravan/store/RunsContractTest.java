package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.DeadLetter;
import dev.caravan.model.RunCounts;
import dev.caravan.model.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs and their history. */
abstract class RunsContractTest extends StoreContract {
    private static final RunCounts COUNTS = new RunCounts(100, 10, 20, 3, 60, 5, 4, 1);
    private static final RunCounts TWICE = new RunCounts(200, 20, 40, 6, 120, 10, 8, 2);

    private final String entity = Uids.next();

    @Test
    void opensARunThatIsUnderWay() {
        String uid = open(entity, "7");

        RunRecord run = run(uid);
        assertThat(run.status()).isEqualTo("running");
        assertThat(run.type()).isEqualTo("delta");
        assertThat(run.trigger()).isEqualTo("cli");
        assertThat(run.startedAt()).isEqualTo(StoreFixture.NOON);
        assertThat(run.cursorStart()).isEqualTo("7");
        assertThat(run.completedAt()).isNull();
        assertThat(run.counts()).isEqualTo(RunCounts.NONE);
    }

    @Test
    void addsWhatEachPageCounted() {
        String uid = open(entity, null);

        fixture().runs.add(uid, COUNTS, 5);
        fixture().runs.add(uid, COUNTS, 5);

        assertThat(COUNTS.addUp()).isTrue();
        assertThat(run(uid).counts()).isEqualTo(TWICE);
    }

    @Test
    void letsOnlyOneOfTwoClaimTheSamePages() {
        String uid = open(entity, null);

        assertThat(fixture().runs.claimPages(uid, 0, 3)).isTrue();
        assertThat(fixture().runs.claimPages(uid, 0, 3)).isFalse();
        assertThat(fixture().runs.claimPages(uid, 3, 4)).isTrue();
        assertThat(run(uid).pages()).isEqualTo(4);
    }

    @Test
    void acceptsNoPagesOnceItIsOver() {
        String uid = open(entity, null);
        assertThat(fixture().runs.heartbeat(uid)).isTrue();
        assertThat(fixture().runs.finish(uid, "throttled", "HTTP_STATUS", "429 \0"))
                .isTrue();

        assertThat(fixture().runs.finish(uid, "completed", null, null)).isFalse();
        assertThat(fixture().runs.claimPages(uid, 0, 1)).isFalse();
        assertThat(fixture().runs.heartbeat(uid)).isFalse();
        assertThat(run(uid).status()).isEqualTo("throttled");
        assertThat(run(uid).errorCode()).isEqualTo("HTTP_STATUS");
        assertThat(run(uid).completedAt()).isEqualTo(StoreFixture.NOON);
    }

    @Test
    void takesPartInTheTransactionAroundIt() {
        String uid = open(entity, null);

        fixture().transactions.executeWithoutResult(transaction -> {
            fixture().runs.claimPages(uid, 0, 1);
            fixture().runs.add(uid, COUNTS, 1);
            fixture().cursors.setCheckpoint(entity, "page 2");
            transaction.setRollbackOnly();
        });

        assertThat(run(uid).pages()).isZero();
        assertThat(run(uid).counts()).isEqualTo(RunCounts.NONE);
        assertThat(fixture().cursors.checkpoint(entity)).isEmpty();
    }

    @Test
    void closesWhatAnotherProcessLeftOpen() {
        String left = open(entity, null);
        String other = open(Uids.next(), null);

        assertThat(fixture().runs.closeInterrupted(entity)).isEqualTo(1);

        assertThat(run(left).status()).isEqualTo("failed");
        assertThat(run(left).errorCode()).isEqualTo("INTERRUPTED");
        assertThat(run(other).status()).isEqualTo("running");
        assertThat(fixture().runs.closeInterrupted(entity)).isZero();
    }

    @Test
    void listsTheNewestRunFirst() {
        List<String> runs = finished(entity, 2);
        open(Uids.next(), null);

        assertThat(fixture().runs.latest(entity, 10))
                .extracting(RunRecord::uid)
                .containsExactly(runs.get(1), runs.get(0));
        assertThat(fixture().runs.latest(null, 2)).hasSize(2);
        assertThat(fixture().runs.latest(null, 9)).hasSize(3);
    }

    @Test
    void countsTheRunsSinceATimeByStatus() {
        finished(entity, 2);
        fixture().clock.advance(Duration.ofHours(1));
        open(entity, null);

        assertThat(fixture().runs.countByStatus(StoreFixture.NOON)).isEqualTo(Map.of("completed", 2L, "running", 1L));
        assertThat(fixture().runs.countByStatus(StoreFixture.NOON.plusSeconds(1)))
                .isEqualTo(Map.of("running", 1L));
    }

    @Test
    void forgetsOldRunsButTheLastThreeOfEachEntity() {
        List<String> runs = finished(entity, 6);
        String lonely = finished(Uids.next(), 1).get(0);
        fixture().clock.advance(Duration.ofDays(31));

        assertThat(fixture().runs.prune(Duration.ofDays(30))).isEqualTo(3);

        assertThat(fixture().runs.latest(entity, 10))
                .extracting(RunRecord::uid)
                .containsExactly(runs.get(5), runs.get(4), runs.get(3));
        assertThat(fixture().runs.find(lonely)).isPresent();
    }

    @Test
    void neverForgetsARunWithOpenWorkOrOneUnderWay() {
        String underWay = open(entity, null);
        List<String> runs = finished(entity, 6);
        DeadLetter letter = new DeadLetter("MAP", "X", "BAD_DATA", "x", "items[A=1]", "{}", null, null, null);
        fixture().letters.add(runs.get(0), entity, List.of(letter));
        String now = Times.write(StoreFixture.NOON);
        // A driver of PostgreSQL that was told "stringtype=unspecified" takes text for any type.
        fixture()
                .sql
                .update(
                        "INSERT INTO " + fixture().database.table("pending_children") + " (uid, run_uid, entity_uid,"
                                + " bk_hash, reference, parent_entity, parent_bk_hash, payload, retry_count, created_at,"
                                + " updated_at) VALUES (?, ?, ?, '0a', 'items[A=1]', 'erp.orders', '0f', '{}', 0, ?, ?)",
                        Uids.next(),
                        runs.get(1),
                        entity,
                        now,
                        now);
        fixture().clock.advance(Duration.ofDays(31));

        assertThat(fixture().runs.prune(Duration.ofDays(30))).isEqualTo(1);

        assertThat(fixture().runs.find(runs.get(2))).isEmpty();
        assertThat(fixture().runs.latest(entity, 10))
                .extracting(RunRecord::uid)
                .contains(underWay, runs.get(0), runs.get(1));
    }

    @Test
    void keepsRunsThatAreYoungEnough() {
        finished(entity, 6);
        fixture().clock.advance(Duration.ofDays(29));

        assertThat(fixture().runs.prune(Duration.ofDays(30))).isZero();
    }

    private List<String> finished(String owner, int count) {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String uid = open(owner, null);
            fixture().runs.finish(uid, "completed", null, null);
            runs.add(uid);
        }
        return runs;
    }

    private String open(String owner, @Nullable String cursor) {
        return fixture().runs.open(owner, "delta", "cli", cursor, "here:1");
    }

    private RunRecord run(String uid) {
        return fixture().runs.find(uid).orElseThrow();
    }
}
