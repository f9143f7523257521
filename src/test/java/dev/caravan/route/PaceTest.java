package dev.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int LIMIT = 100;

    private final AtomicLong time = new AtomicLong(7);
    private final Pace pace = new Pace(time::get);
    private final Deque<Long> within = new ArrayDeque<>();

    private boolean isLetIn() {
        while (!within.isEmpty() && within.getFirst() + WINDOW.toNanos() <= time.get()) {
            within.removeFirst();
        }
        if (within.size() >= LIMIT) {
            return false;
        }
        within.addLast(time.get());
        return true;
    }

    private Duration untilFree() {
        long left = within.getFirst() + WINDOW.toNanos() - time.get();
        return Duration.ofSeconds(Duration.ofNanos(left).toSeconds() + 1);
    }

    @Test
    void waitsForNothingUntilTheSourceRefuses() {
        for (int i = 0; i < 50; i++) {
            assertThat(pace.turn()).isZero();
            pace.answered();
        }
        assertThat(pace.held()).isZero();
    }

    @Test
    void afterOneRefusalItStaysJustBelowTheLimitOfTheSource() {
        int refused = 0;
        int asked = 0;
        long from = time.get();
        while (Duration.ofNanos(time.get() - from).compareTo(Duration.ofMinutes(2)) < 0) {
            time.addAndGet(pace.held().toNanos());
            time.addAndGet(pace.turn().toNanos() + Duration.ofMillis(10).toNanos());
            asked++;
            if (isLetIn()) {
                pace.answered();
            } else {
                refused++;
                assertThat(pace.refused(untilFree(), true)).isTrue();
            }
        }
        assertThat(refused).isBetween(1, 6);
        assertThat(asked).isGreaterThan(LIMIT * 120 / 5 * 80 / 100);
    }

    @Test
    void manyRefusalsAtOnceAreOne() {
        pace.turn();
        assertThat(pace.refused(Duration.ofSeconds(2), false)).isTrue();
        assertThat(pace.refused(Duration.ofSeconds(9), false)).isFalse();
        assertThat(pace.held()).isEqualTo(Duration.ofSeconds(2));
        time.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(pace.held()).isZero();
        assertThat(pace.refused(Duration.ofSeconds(2), false)).isTrue();
        assertThat(pace.turn()).as("it was not for the number of requests").isZero();
    }
}
