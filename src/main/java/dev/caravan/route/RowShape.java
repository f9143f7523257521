package dev.caravan.route;

import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the stages make of a row of one entity. Made once a run; safe for several threads. */
interface RowShape {
    /** Values of the declared types. */
    Row normalise(Row row);

    /** The target's columns. */
    Row map(Row row);

    /** The row as it is, if it fits. */
    Row validate(Row row);

    /** With its key and its hash. */
    Row identify(Row row);

    /** What tells a row apart that a stage refused; null where its key cannot be read. */
    @Nullable
    String keyOf(Row row);

    /** A name for people. */
    String reference(Row row, String key);

    /** The data hash of values in the target's layout. */
    String hashOf(@Nullable Object[] values);

    /** The same with columns that may not be read now, as a row has it that was stored while they could be. */
    default String wholeHashOf(@Nullable Object[] values) {
        return hashOf(values);
    }

    /**
     * The data hash that a record gives when it is read again as the target keeps it: no hash at all, the empty text, where
     * it cannot be read; empty where records are not kept.
     */
    default Optional<String> hashOfRecord(String json) {
        return Optional.empty();
    }

    /** The layout of the target's columns. */
    Columns target();
}
