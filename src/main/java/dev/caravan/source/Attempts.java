package dev.caravan.source;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often one request has failed, and whether it is worth another try.
 *
 * <p>Immutable: each failure makes the next one. Times come from the caller.
 *
 * @param failures failures so far that may pass by themselves
 * @param throttles refusals so far that asked to wait
 * @param since when the first failure happened
 * @param throttledSince when the first refusal happened
 * @param tokensRefused how often the token was refused
 * @param delay how long to wait before the next try; empty when it is to be given up
 */
public record Attempts(
        int failures,
        int throttles,
        Instant since,
        Instant throttledSince,
        int tokensRefused,
        Optional<Duration> delay) {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int LONGEST_DOUBLING = 5;

    /** Before the first failure. */
    public static Attempts none(Instant now) {
        return new Attempts(0, 0, now, now, 0, Optional.of(Duration.ZERO));
    }

    /**
     * After one more failure.
     *
     * @param fault what happened
     * @param now when
     * @param budgets how long trying may go on
     * @param jitter from 0 to below 1: spreads the waits of several callers
     */
    public Attempts after(CaravanException fault, Instant now, Budgets budgets, double jitter) {
        if (fault.kind() == FaultKind.THROTTLED) {
            Instant start = throttles == 0 ? now : throttledSince;
            Duration wait = fault.retryAfter().orElse(doubling(throttles, jitter));
            Optional<Duration> next = within(wait, start, now, budgets.throttle());
            return new Attempts(failures, throttles + 1, since, start, tokensRefused, next);
        }
        if (fault.kind() == FaultKind.TRANSIENT) {
            Instant start = failures == 0 ? now : since;
            Duration wait = fault.retryAfter().orElse(doubling(failures, jitter));
            Optional<Duration> next = within(wait, start, now, budgets.retry());
            return new Attempts(failures + 1, throttles, start, throttledSince, tokensRefused, next);
        }
        boolean newTokenMayHelp = fault.code().equals("TOKEN_REFUSED") && tokensRefused == 0;
        Optional<Duration> again = newTokenMayHelp ? Optional.of(Duration.ZERO) : Optional.empty();
        return new Attempts(failures, throttles, since, throttledSince, tokensRefused + 1, again);
    }

    private static Duration doubling(int before, double jitter) {
        long milliseconds = FIRST_WAIT.toMillis() << Math.min(before, LONGEST_DOUBLING);
        return Duration.ofMillis(milliseconds + (long) (milliseconds * jitter / 4));
    }

    private static Optional<Duration> within(Duration wait, Instant start, Instant now, Duration budget) {
        Duration spent = Duration.between(start, now).plus(wait);
        return spent.compareTo(budget) > 0 ? Optional.empty() : Optional.of(wait);
    }

    /**
     * How long trying may go on, from the first failure of a request.
     *
     * @param retry while the source is in trouble
     * @param throttle while the source asks to wait
     */
    public record Budgets(Duration retry, Duration throttle) {
        /** The one that a fault is under. */
        public Duration of(CaravanException fault) {
            return fault.kind() == FaultKind.THROTTLED ? throttle : retry;
        }
    }
}
