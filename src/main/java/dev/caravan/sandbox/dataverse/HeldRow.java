package dev.caravan.sandbox.dataverse;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that was made or changed; values by logical name. */
record HeldRow(String key, long version, Map<String, @Nullable Object> values) implements RowView {
    HeldRow {
        values = new HashMap<>(values);
    }

    @Override
    public @Nullable Object value(StoredColumn column) {
        return values.get(column.column().name());
    }
}
