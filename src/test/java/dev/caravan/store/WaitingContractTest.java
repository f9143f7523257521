package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.model.DeadLetter;
import dev.caravan.store.OrphanRepository.Orphan;
import dev.caravan.store.PendingChildRepository.Child;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that wait for their parents, and dead letters whose parents did not come. */
abstract class WaitingContractTest extends StoreContract {
    private static final String PARENT = "0f".repeat(16);
    private static final String OTHER = "1e".repeat(16);

    private final String entity = Uids.next();

    private PendingChildRepository children() {
        return new PendingChildRepository(fixture().database, fixture().clock);
    }

    private Child child(String key, String parent) {
        return new Child(
                Uids.next(),
                Uids.next(),
                entity,
                key,
                "lines[N=" + key + "]",
                "erp.orders",
                parent,
                "{}",
                null,
                "7",
                0);
    }

    @Test
    void keepsChildrenUntilTheirParentComes() {
        Child first = child("a", PARENT);
        Child second = child("b", PARENT);
        children().add(List.of(first, second, child("c", OTHER)));
        assertThat(children().waitingFor("erp.orders", List.of(PARENT, "none"), entity, 10))
                .containsExactly(first, second);
        assertThat(children().waitingFor("erp.others", List.of(PARENT), entity, 10))
                .isEmpty();
        assertThat(children().entitiesWaitingFor("erp.orders", List.of(PARENT))).isEqualTo(List.of(entity));
        assertThat(children().anyFor("erp.orders")).isTrue();
        assertThat(children().anyFor("erp.others")).isFalse();

        children().forget(entity, List.of("a", "b"));
        assertThat(children().count(entity)).isEqualTo(1);
    }

    @Test
    void aChildThatComesAgainKeepsItsPlaceAndItsRetriesForTheSameParent() {
        Child first = child("a", PARENT);
        children().add(List.of(first, child("b", PARENT)));
        children().retried(entity, List.of("a"));
        children().add(List.of(child("a", PARENT)));
        assertThat(children().waitingFor("erp.orders", List.of(PARENT), entity, 1))
                .extracting(Child::uid, Child::retryCount)
                .containsExactly(tuple(first.uid(), 1));
        children().add(List.of(child("a", OTHER)));
        assertThat(children().among(entity, List.of("a")))
                .extracting(Child::retryCount)
                .isEqualTo(List.of(0));
    }

    @Test
    void retriesComeTwiceAsLateEachTimeFiveTimes() {
        children().add(List.of(child("a", PARENT)));
        int minutes = 5;
        for (int retry = 0; retry < 5; retry++) {
            fixture().clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(children().entitiesDue()).isEmpty();
            fixture().clock.advance(Duration.ofSeconds(1));
            assertThat(children().nextDue(entity, "", 10)).hasSize(1);
            assertThat(PendingChildRepository.isLast(retry)).isEqualTo(retry == 4);
            children().retried(entity, List.of("a"));
            minutes *= 2;
        }
        fixture().clock.advance(Duration.ofDays(9));
        assertThat(children().entitiesDue()).isEmpty();
        children().due("erp.orders", List.of(PARENT), entity);
        assertThat(children().entitiesDue()).isEqualTo(List.of(entity));
    }

    @Test
    void whatAPassDidNotBringIsFoundAndForgottenUnlessItWasTouchedMeanwhile() {
        String pass = Uids.next();
        Child brought = child("a", PARENT);
        children().add(List.of(brought, child("b", PARENT), child("c", PARENT), child("d", PARENT)));
        fixture().clock.advance(Duration.ofMinutes(1));
        Instant began = fixture().clock.instant();
        children()
                .add(List.of(new Child(
                        Uids.next(),
                        pass,
                        entity,
                        "a",
                        brought.reference(),
                        "erp.orders",
                        PARENT,
                        "{}",
                        null,
                        "8",
                        0)));
        children().retried(entity, List.of("b"));
        assertThat(children().unseen(entity, pass, began, 10))
                .extracting(Child::keyHash)
                .containsExactlyInAnyOrder("c", "d");
        children().forgetUnseen(entity, pass, began, List.of("a", "b", "c"));
        assertThat(children().unseen(entity, pass, began, 10))
                .extracting(Child::keyHash)
                .isEqualTo(List.of("d"));
        children().forgetUnseen(entity, pass, began, null);
        assertThat(children().count(entity)).isEqualTo(2);
    }

    @Test
    void aLetterRemembersTheParentThatDidNotCome() {
        OrphanRepository orphans = new OrphanRepository(fixture().database);
        DeadLetter letter = new DeadLetter(
                "RESOLVE", "PARENT_MISSING", "BAD_DATA", "x", "lines[N=1]", "{\"N\":1}", null, null, "7");
        fixture().letters.add(Uids.next(), entity, List.of(letter));
        assertThat(orphans.anyFor("erp.orders")).isFalse();
        orphans.link(entity, List.of(new OrphanRepository.Tie(letter, "a", "erp.orders", PARENT)));
        fixture().clock.advance(Duration.ofDays(1));
        assertThat(fixture().letters.entitiesDue()).isEmpty();
        assertThat(orphans.anyFor("erp.orders")).isTrue();
        assertThat(orphans.links(entity, List.of("a", "b")))
                .containsOnlyKeys("a")
                .containsValue(new OrphanRepository.Link("lines[N=1]", "erp.orders", PARENT));
        List<Orphan> found = orphans.waitingFor("erp.orders", List.of(PARENT), entity, 10);
        assertThat(found).extracting(Orphan::raw).isEqualTo(List.of("{\"N\":1}"));
        assertThat(found).extracting(Orphan::parentKeyHash).isEqualTo(List.of(PARENT));
        orphans.delete(found);
        assertThat(fixture().letters.count(entity)).isZero();
    }
}
