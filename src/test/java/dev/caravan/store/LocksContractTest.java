package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Locks of entities. */
abstract class LocksContractTest extends StoreContract {
    private static final Owner ME = new Owner("here", 100, StoreFixture.NOON.minusSeconds(60));
    private static final Owner NEIGHBOUR = new Owner("here", 200, StoreFixture.NOON.minusSeconds(90));
    private static final Owner STRANGER = new Owner("there", 100, StoreFixture.NOON.minusSeconds(90));

    private final String entity = Uids.next();
    private final String first = Uids.next();
    private final String second = Uids.next();

    @Test
    void givesAFreeLock() {
        assertThat(locks(ME, LocksContractTest::alive).acquire(entity, first)).isEmpty();
        assertThat(locks(ME, LocksContractTest::alive).holder(entity)).contains(ME);
    }

    @Test
    void namesTheHolderOfALockThatIsTaken() {
        locks(NEIGHBOUR, LocksContractTest::alive).acquire(entity, first);
        fixture().clock.advance(Duration.ofDays(1));

        assertThat(locks(ME, LocksContractTest::alive).acquire(entity, second)).contains(NEIGHBOUR);
    }

    @Test
    void letsTwoRunsOfOneProcessExcludeEachOther() {
        LockRepository locks = locks(ME, LocksContractTest::alive);
        locks.acquire(entity, first);

        assertThat(locks.acquire(entity, second)).contains(ME);
    }

    @Test
    void takesOverFromARunOfThisProcessThatIsNoLongerUnderWay() {
        LockRepository locks = locks(ME, LocksContractTest::alive);
        locks.acquire(entity, first);
        locks.release(entity, first);
        locks(ME, LocksContractTest::alive).acquire(entity, first);

        assertThat(locks.acquire(entity, second)).isEmpty();
        assertThat(locks.acquire(entity, Uids.next())).contains(ME);
    }

    @Test
    void givesSignsOfLifeForAllThatItHolds() {
        LockRepository stranger = locks(STRANGER, LocksContractTest::alive);
        stranger.acquire(entity, first);
        fixture().clock.advance(Duration.ofSeconds(50));
        stranger.heartbeatAll();
        fixture().clock.advance(Duration.ofSeconds(50));

        assertThat(locks(ME, LocksContractTest::dead).acquire(entity, second)).contains(STRANGER);
    }

    @Test
    void takesOverAtOnceFromADeadProcessOfThisHost() {
        locks(NEIGHBOUR, LocksContractTest::alive).acquire(entity, first);

        assertThat(locks(ME, LocksContractTest::dead).acquire(entity, second)).isEmpty();
        assertThat(locks(ME, LocksContractTest::alive).holder(entity)).contains(ME);
    }

    @Test
    void waitsAMinuteForASilentProcessOfAnotherHost() {
        locks(STRANGER, LocksContractTest::alive).acquire(entity, first);

        fixture().clock.advance(Duration.ofSeconds(59));
        assertThat(locks(ME, LocksContractTest::dead).acquire(entity, second)).contains(STRANGER);
        fixture().clock.advance(Duration.ofSeconds(2));
        assertThat(locks(ME, LocksContractTest::dead).acquire(entity, second)).isEmpty();
    }

    @Test
    void leavesAProcessOfAnotherHostAloneWhileItGivesSignsOfLife() {
        locks(STRANGER, LocksContractTest::alive).acquire(entity, first);
        fixture().clock.advance(Duration.ofSeconds(50));
        assertThat(locks(STRANGER, LocksContractTest::alive).heartbeat(entity, first))
                .isTrue();
        fixture().clock.advance(Duration.ofSeconds(50));

        assertThat(locks(ME, LocksContractTest::dead).acquire(entity, second)).contains(STRANGER);
    }

    @Test
    void tellsTheLoserThatItsLockIsGone() {
        LockRepository loser = locks(NEIGHBOUR, LocksContractTest::alive);
        loser.acquire(entity, first);
        locks(ME, LocksContractTest::dead).acquire(entity, second);

        assertThat(loser.heartbeat(entity, first)).isFalse();
        assertThat(loser.release(entity, first)).isFalse();
        assertThat(loser.holder(entity)).contains(ME);
    }

    @Test
    void isFreeOnceItIsReleased() {
        locks(ME, LocksContractTest::alive).acquire(entity, first);

        assertThat(locks(ME, LocksContractTest::alive).release(entity, first)).isTrue();
        assertThat(locks(NEIGHBOUR, LocksContractTest::alive).acquire(entity, second))
                .isEmpty();
    }

    @Test
    void givesALockToOneOfManyWhoAskAtOnce() throws Exception {
        locks(NEIGHBOUR, LocksContractTest::alive).acquire(entity, first);
        int threads = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                LockRepository mine =
                        locks(new Owner("here", 300 + i, StoreFixture.NOON), owner -> !owner.equals(NEIGHBOUR));
                answers.add(pool.submit(() -> {
                    start.await();
                    return mine.acquire(entity, Uids.next()).isEmpty();
                }));
            }
            start.countDown();
            int winners = 0;
            for (Future<Boolean> answer : answers) {
                winners += answer.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean alive(Owner owner) {
        return owner.pid() > 0;
    }

    private static boolean dead(Owner owner) {
        return !alive(owner);
    }

    private LockRepository locks(Owner me, Predicate<Owner> alive) {
        return new LockRepository(fixture().database, fixture().clock, me, alive);
    }
}
