package dev.caravan.mapping;

import dev.caravan.model.ColumnType;
import org.jspecify.annotations.Nullable;

/** One part of a chain: changes a value, or says what is wrong with it. Immutable. */
interface Function {
    /**
     * The value changed; null stays null unless a default is given.
     *
     * @param row all values of the row before any mapping, in the order of the source's columns
     * @throws IllegalStateException if the value cannot be changed so; the message is for people
     */
    default @Nullable Object apply(@Nullable Object value, @Nullable Object[] row) {
        return value;
    }

    /** What is wrong with the final value; null for nothing. */
    default @Nullable String problem(@Nullable Object value) {
        return null;
    }

    /** The type of what comes out. */
    default ColumnType after(ColumnType before) {
        return before;
    }
}
