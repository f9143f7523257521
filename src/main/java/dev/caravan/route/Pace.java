package dev.caravan.route;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast one source may be asked. Nothing is known of its limit until it refuses for the number of requests: then the
 * requests that it let in, and the time until it lets in more, say what the limit is, and from there on requests keep a
 * distance that stays a little below it. The distance shrinks while all goes well and grows with each refusal. By the
 * machine's running time, not by the clock, which may jump. Safe for several threads.
 */
final class Pace {
    private static final double SHARE = 0.95;
    private static final double SLOWER = 1.15;
    private static final double FASTER = 0.99;
    private static final int STEP = 100;
    private static final int ENOUGH = 20;
    private static final long UNKNOWN = -1;
    /** Dataverse looks back on five minutes (its service protection limits); what was longer ago says nothing. */
    private static final long LOOKED_BACK_ON = Duration.ofMinutes(5).toNanos();

    private static final long HARDLY = Duration.ofMillis(5).toNanos();
    /** Waits are told in whole seconds, rounded up: half a second more than they are, as they come. */
    private static final long ROUNDING = Duration.ofMillis(500).toNanos();

    private final LongSupplier nanos;
    private long began = UNKNOWN;
    private long letIn;
    private long window = UNKNOWN;
    private double distance;
    private long next;
    private long heldUntil;
    private boolean held;

    /** @param nanos time that runs on, in nanoseconds from anywhere */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes the next place in the row of requests; answers how long to wait for it. */
    synchronized Duration turn() {
        long now = nanos.getAsLong();
        if (began == UNKNOWN || distance == 0 && window == UNKNOWN && now - began > LOOKED_BACK_ON) {
            began = now;
            letIn = 0;
        }
        learn(now);
        if (distance == 0) {
            return Duration.ZERO;
        }
        long at = Math.max(now, next);
        next = at + (long) distance;
        return Duration.ofNanos(at - now);
    }

    /** Once the wait is over all requests that were under way are answered: only now it is known how many were let in. */
    private void learn(long now) {
        if (window != UNKNOWN && now >= heldUntil) {
            distance = window / (letIn * SHARE);
            window = UNKNOWN;
            next = now;
        }
    }

    /** For how long it is of no use to ask; zero where it may be asked. */
    synchronized Duration held() {
        long left = held ? heldUntil - nanos.getAsLong() : 0;
        return left < HARDLY ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** A request was let in. */
    synchronized void answered() {
        letIn++;
        if (distance > 0 && letIn % STEP == 0) {
            distance *= FASTER;
        }
    }

    /**
     * A request was refused.
     *
     * @param wait how long the source asks to wait
     * @param forNumber whether it was for the number of requests
     * @return whether it is the first one since the last wait was over
     */
    synchronized boolean refused(Duration wait, boolean forNumber) {
        long now = nanos.getAsLong();
        if (held && now < heldUntil) {
            window = window == UNKNOWN ? UNKNOWN : Math.min(window, windowUntil(now + wait.toNanos()));
            return false;
        }
        held = true;
        heldUntil = now + wait.toNanos();
        if (forNumber && distance > 0) {
            distance *= SLOWER;
            next = Math.max(next, heldUntil);
        } else if (forNumber && letIn >= ENOUGH && began != UNKNOWN) {
            window = windowUntil(heldUntil);
        }
        return true;
    }

    /** Those that go on asking are told to wait longer, so that of several refusals at once the shortest wait counts. */
    private long windowUntil(long free) {
        long length = free - began;
        return length > 4 * ROUNDING ? length - ROUNDING : length;
    }
}
