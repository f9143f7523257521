package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.model.DeadLetter;
import dev.caravan.model.RunCounts;
import dev.caravan.store.PendingChildRepository.Child;
import dev.caravan.store.StatisticsRepository.Children;
import dev.caravan.store.StatisticsRepository.Letters;
import dev.caravan.store.StatisticsRepository.Newest;
import dev.caravan.store.StatisticsRepository.Runs;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums over runs, dead letters and waiting children. */
abstract class StatisticsContractTest extends StoreContract {
    private StatisticsRepository statistics() {
        return new StatisticsRepository(fixture().database);
    }

    private String run(String entity, String type, String status, RunCounts counts) {
        String run = fixture().runs.open(entity, type, "cli", null, "here/1");
        fixture().runs.add(run, counts, 0);
        fixture().runs.finish(run, status, null, null);
        fixture().clock.advance(Duration.ofMinutes(1));
        return run;
    }

    @Test
    void countsRunsByEntityAndStatusAndKnowsTheNewest() {
        String items = fixture().entity("erp", "items");
        String orders = fixture().entity("erp", "orders");
        run(items, "full", "completed", new RunCounts(10, 10, 0, 0, 0, 0, 0, 0));
        String second = run(items, "delta", "completed", new RunCounts(8, 1, 1, 0, 4, 2, 0, 0));
        run(items, "retry", "completed", new RunCounts(2, 0, 0, 0, 0, 2, 0, 0));
        run(orders, "full", "failed", RunCounts.NONE);

        assertThat(statistics().runs())
                .containsExactlyInAnyOrder(new Runs(items, "completed", 3), new Runs(orders, "failed", 1));
        assertThat(statistics().newest())
                .extracting(Newest::entityUid, Newest::status, Newest::efficiency, Newest::successRate)
                .containsExactlyInAnyOrder(
                        tuple(items, "completed", new BigDecimal("0.5000"), new BigDecimal("0.7500")),
                        tuple(orders, "failed", null, null));
        assertThat(statistics().newest()).extracting(Newest::run).contains(second);
    }

    @Test
    void countsDeadLettersByStageTypeCodeAndWhetherTheyAreTriedAgain() {
        String items = fixture().entity("erp", "items");
        String run = fixture().runs.open(items, "full", "cli", null, "here/1");
        fixture()
                .letters
                .add(run, items, List.of(letter("A", "NORMALISE"), letter("B", "NORMALISE"), letter("C", "INGEST")));
        fixture()
                .sql
                .update("UPDATE " + fixture().database.table("failed_records")
                        + " SET next_retry_at = NULL, retry_count = max_retries WHERE reference = 'B'");

        assertThat(statistics().letters())
                .containsExactly(
                        new Letters(items, "INGEST", "BAD_DATA", "CODE", true, 1),
                        new Letters(items, "NORMALISE", "BAD_DATA", "CODE", false, 1),
                        new Letters(items, "NORMALISE", "BAD_DATA", "CODE", true, 1));
    }

    private static DeadLetter letter(String reference, String stage) {
        return new DeadLetter(
                stage, "CODE", "BAD_DATA", "no", reference, "{\"A\":\"" + reference + "\"}", null, null, null);
    }

    @Test
    void countsWaitingChildrenByParentAndEntity() {
        String lines = fixture().entity("erp", "lines");
        String notes = fixture().entity("erp", "notes");
        new PendingChildRepository(fixture().database, fixture().clock)
                .add(List.of(
                        new Child(Uids.next(), null, lines, "k1", "items[A=1]", "erp.orders", "1", "{}", null, null, 0),
                        new Child(Uids.next(), null, lines, "k2", "items[A=2]", "erp.orders", "1", "{}", null, null, 0),
                        new Child(Uids.next(), null, lines, "k3", "items[A=3]", "erp.orders", "2", "{}", null, null, 1),
                        new Child(
                                Uids.next(), null, notes, "k4", "items[A=4]", "erp.items", "1", "{}", null, null, 0)));
        assertThat(statistics().children())
                .containsExactly(new Children(notes, "erp.items", 1, 1), new Children(lines, "erp.orders", 2, 3));
    }

    @Test
    void saysNothingWhereThereIsNothing() {
        assertThat(statistics().runs()).isEmpty();
        assertThat(statistics().letters()).isEmpty();
        assertThat(statistics().children()).isEmpty();
        assertThat(statistics().newest()).isEmpty();
    }
}
