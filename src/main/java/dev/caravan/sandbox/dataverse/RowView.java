package dev.caravan.sandbox.dataverse;

import org.jspecify.annotations.Nullable;

/** A row to be looked at: held, or made as it is asked. Not thread-safe; for use under the lock of the tables. */
interface RowView {
    /** Its id, in lower case. */
    String key();

    long version();

    /** A value by a column of its table; references are {@link Reference}s. */
    @Nullable
    Object value(StoredColumn column);
}
