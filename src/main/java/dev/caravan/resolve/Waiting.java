package dev.caravan.resolve;

import dev.caravan.model.Row;

/**
 * A row that is not stored before its parent is.
 *
 * @param parent the one it waits for; of several, the first that is not there
 */
public record Waiting(Row row, RecordKey parent) {}
