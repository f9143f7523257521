package dev.caravan.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of one entity as it is remembered.
 *
 * @param type full, delta or hash
 * @param trigger schedule or cli
 * @param status running, completed, failed, throttled or cancelled
 * @param pages pages stored
 * @param cursorStart row version the run began above; null for all rows
 * @param cursorEnd highest row version stored; null for none
 */
public record RunRecord(
        String uid,
        String entityUid,
        String type,
        String trigger,
        Instant startedAt,
        @Nullable Instant completedAt,
        String status,
        RunCounts counts,
        long pages,
        @Nullable String cursorStart,
        @Nullable String cursorEnd,
        @Nullable String errorCode,
        @Nullable String errorMessage) {

    /** Whether it synced, and neither compared (a verify) nor only tried what had failed before (a retry). */
    public boolean isSync() {
        return !type.equals("retry") && !type.equals("verify");
    }
}
