package dev.caravan.route;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * How runs are started.
 *
 * @param full whether everything is listed, whatever the cursor says
 * @param trigger schedule or cli
 * @param lockWait how long a lock that another process holds is waited for
 * @param limit most records a run; empty for no bound
 * @param since row version to begin above instead of the cursor; empty for the cursor
 * @param trace business key of the record whose way is told; empty for none
 * @param anyTime whether entities are synced outside their windows too
 * @param teller is told the way of the traced record, a line each, from several threads
 */
public record SyncOptions(
        boolean full,
        String trigger,
        Duration lockWait,
        OptionalLong limit,
        Optional<String> since,
        Optional<String> trace,
        boolean anyTime,
        Consumer<String> teller) {
    /** A whole run of which nothing is told. */
    public SyncOptions(boolean full, String trigger, Duration lockWait) {
        this(full, trigger, lockWait, OptionalLong.empty(), Optional.empty(), Optional.empty(), false, line -> {});
    }

    /** The same without waiting for a lock. */
    SyncOptions withoutWaiting() {
        return new SyncOptions(full, trigger, Duration.ZERO, limit, since, trace, anyTime, teller);
    }

    /** The same over all rows. */
    SyncOptions whole() {
        return new SyncOptions(true, trigger, lockWait, limit, since, trace, anyTime, teller);
    }
}
