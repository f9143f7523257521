package dev.caravan.target.schedulehub;

import org.jspecify.annotations.Nullable;

/**
 * What ScheduleHub holds of a record.
 *
 * @param uid its own name of it
 * @param keyHash business-key hash
 * @param dataHash null where it holds none
 * @param rowVersion null where it holds none
 */
public record HubState(
        String uid,
        String keyHash,
        @Nullable String dataHash,
        @Nullable String rowVersion) {}
