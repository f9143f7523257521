package dev.caravan.resolve;

import dev.caravan.model.DeadLetter;
import dev.caravan.model.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row that is a dead letter for want of its parent.
 *
 * @param parent the one that is missing; null where its key could not be read
 */
public record Orphan(Row row, DeadLetter letter, @Nullable RecordKey parent) {}
