package dev.caravan.sandbox.dataverse;

import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table and where its values come from.
 *
 * @param column its description
 * @param seeded the value of a numbered row nobody has changed, the same each time
 */
record StoredColumn(DataverseColumn column, IntFunction<@Nullable Object> seeded) {
    static final String VERSION = "versionnumber";

    /** What the row has in it; the key and the version are the row's own. */
    @Nullable
    Object of(RowView row) {
        return column.name().equals(VERSION) ? (Object) row.version() : row.value(this);
    }

    /** A value as rows hold it: an id that a reference was given as becomes one, to the first table it may lead to. */
    @Nullable
    Object stored(@Nullable Object value) {
        if (column.kind().isReference() && value instanceof String id) {
            return new Reference(id, column.targets().get(0));
        }
        return value;
    }

    boolean is(String nameOrProperty) {
        return Objects.equals(column.name(), nameOrProperty) || Objects.equals(column.property(), nameOrProperty);
    }
}
