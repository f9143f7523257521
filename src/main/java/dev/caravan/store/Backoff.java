package dev.caravan.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When what failed is tried again: after 5 minutes, then after twice as long each time, at most a day. */
final class Backoff {
    static final int MOST_RETRIES = 5;
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(1);

    private Backoff() {}

    /** The time of the next retry after {@code retries} of them; null once they are used up. */
    static @Nullable Instant next(Instant now, long retries, long maxRetries) {
        if (retries >= maxRetries) {
            return null;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(retries, 20));
        return now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }
}
