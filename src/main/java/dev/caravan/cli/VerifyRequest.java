package dev.caravan.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a comparison of tables with their sources is to do.
 *
 * @param entities names and patterns; empty for all
 * @param repair store anew what differs
 * @param keysOnly compare keys and their number only
 * @param lockWait how long a lock that another process holds is waited for
 */
public record VerifyRequest(List<String> entities, boolean repair, boolean keysOnly, Duration lockWait) {
    public VerifyRequest {
        entities = List.copyOf(entities);
    }

    /** A sync of the same entities over all their rows. */
    SyncRequest asSync() {
        return new SyncRequest(
                entities, true, false, false, OptionalLong.empty(), Optional.empty(), lockWait, Optional.empty());
    }
}
