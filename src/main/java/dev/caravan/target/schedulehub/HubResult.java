package dev.caravan.target.schedulehub;

import org.jspecify.annotations.Nullable;

/**
 * What became of one record of a batch.
 *
 * @param index place in the batch, from 0
 * @param error ScheduleHub's own words; null where it took the record
 */
public record HubResult(int index, @Nullable String error) {}
