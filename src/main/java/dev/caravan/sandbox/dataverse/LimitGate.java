package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what each user asks, and refuses what is beyond the limits. Thread-safe. */
final class LimitGate {
    private static final int MOST_PENALTY_SECONDS = 120;

    private final InstantSource clock;
    private final Supplier<ServiceLimits> limits;
    private final Map<String, Account> accounts = new HashMap<>();

    /** One request let in. */
    private static final class Use {
        private final Instant time;
        private Duration taken = Duration.ZERO;
        private boolean counts = true;

        Use(Instant time) {
            this.time = time;
        }
    }

    private static final class Account {
        private final Deque<Use> uses = new ArrayDeque<>();
        private Duration taken = Duration.ZERO;
        private int running;
        private int refusedInARow;
    }

    /** What is said to every request; a refusal for those that are not let in. */
    record Entry(@Nullable Refusal refusal, long retryAfterSeconds, int requestsLeft, Duration timeLeft, Runnable end) {
        /** An answer with what is left; with the time to wait where it refuses. */
        Answer mark(Answer answer) {
            String left = String.format(Locale.ROOT, "%,.2f", timeLeft.toMillis() / 1000.0);
            Answer marked = answer.with("x-ms-ratelimit-burst-remaining-xrm-requests", Integer.toString(requestsLeft))
                    .with("x-ms-ratelimit-time-remaining-xrm-requests", left);
            return refusal == null ? marked : marked.with("Retry-After", Long.toString(retryAfterSeconds));
        }
    }

    LimitGate(InstantSource clock, Supplier<ServiceLimits> limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** Lets a request in or not; one let in must be ended. */
    synchronized Entry enter(String user) {
        ServiceLimits limit = limits.get();
        Account account = accounts.computeIfAbsent(user, name -> new Account());
        Instant now = clock.instant();
        while (!account.uses.isEmpty()
                && !account.uses.getFirst().time.plus(limit.window()).isAfter(now)) {
            Use old = account.uses.removeFirst();
            old.counts = false;
            account.taken = account.taken.minus(old.taken);
        }
        Duration taken = account.taken;
        Refusal refusal = refusal(limit, account, taken);
        if (refusal != null) {
            account.refusedInARow++;
            return new Entry(refusal, wait(limit, account, now), 0, left(limit, taken), () -> {});
        }
        account.refusedInARow = 0;
        Use use = new Use(now);
        account.uses.addLast(use);
        account.running++;
        long start = System.nanoTime();
        Runnable end = () -> ended(account, use, Duration.ofNanos(System.nanoTime() - start));
        return new Entry(null, 0, limit.requests() - account.uses.size(), left(limit, taken), end);
    }

    private synchronized void ended(Account account, Use use, Duration taken) {
        account.running--;
        use.taken = taken;
        if (use.counts) {
            account.taken = account.taken.plus(taken);
        }
    }

    private static @Nullable Refusal refusal(ServiceLimits limit, Account account, Duration taken) {
        long seconds = limit.window().toSeconds();
        if (account.running >= limit.concurrent()) {
            return new Refusal(
                    429,
                    "0x80072326",
                    "Number of concurrent requests exceeded the limit of " + limit.concurrent() + ".");
        }
        if (account.uses.size() >= limit.requests()) {
            return new Refusal(
                    429,
                    "0x80072322",
                    "Number of requests exceeded the limit of " + limit.requests() + " over time window of " + seconds
                            + " seconds.");
        }
        if (taken.compareTo(limit.executionTime()) >= 0) {
            return new Refusal(
                    429,
                    "0x80072321",
                    String.format(
                            Locale.ROOT,
                            "Combined execution time of incoming requests exceeded limit of %,d  milliseconds over time"
                                    + " window of %d seconds. Decrease number of concurrent requests or reduce the"
                                    + " duration of requests and try again later.",
                            limit.executionTime().toMillis(),
                            seconds));
        }
        return null;
    }

    /** Until the oldest request leaves the window, and longer for those who keep asking. */
    private static long wait(ServiceLimits limit, Account account, Instant now) {
        if (account.uses.isEmpty()) {
            return 1;
        }
        boolean full = account.uses.size() >= limit.requests();
        Instant free = full || account.running < limit.concurrent()
                ? account.uses.getFirst().time.plus(limit.window())
                : now.plusSeconds(1);
        long seconds = Math.max(1, (Duration.between(now, free).toMillis() + 999) / 1000);
        return seconds + Math.min(account.refusedInARow - 1, MOST_PENALTY_SECONDS);
    }

    private static Duration left(ServiceLimits limit, Duration taken) {
        Duration left = limit.executionTime().minus(taken);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
