package dev.caravan.sandbox.dataverse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as the sandbox holds it. Immutable.
 *
 * @param key its id, in lower case
 * @param version its {@code versionnumber} and its etag
 * @param values every readable column by its property, NULLs too: String (texts, ids, dates), Integer, Long, BigDecimal,
 *     Double, Boolean, or a Map for a managed property
 * @param targets the logical name of the table a reference leads to, by property; nothing for NULL
 */
public record DataverseRow(
        String key, long version, Map<String, @Nullable Object> values, Map<String, String> targets) {

    public DataverseRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        targets = Map.copyOf(targets);
    }

    /** A value by its property; null for NULL and for what there is not. */
    public @Nullable Object value(String property) {
        return values.get(property);
    }
}
