package dev.caravan.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one pass is to do.
 *
 * @param entities names ({@code erp.items}, or {@code items} where one connector has it) and patterns; empty for all
 * @param full list everything, whatever the cursor says
 * @param failedOnly only entities whose last run did not complete
 * @param dryRun fetch and compare, write nothing
 * @param limit most rows an entity; empty for no bound
 * @param since row version to begin above, instead of the cursor
 * @param lockWait how long a lock that another process holds is waited for
 * @param trace business key of the one record whose way is told
 */
public record SyncRequest(
        List<String> entities,
        boolean full,
        boolean failedOnly,
        boolean dryRun,
        OptionalLong limit,
        Optional<String> since,
        Duration lockWait,
        Optional<String> trace) {
    public SyncRequest {
        entities = List.copyOf(entities);
    }

    /** One plain pass over everything. */
    public static SyncRequest everything(Duration wait) {
        return new SyncRequest(
                List.of(), false, false, false, OptionalLong.empty(), Optional.empty(), wait, Optional.empty());
    }
}
