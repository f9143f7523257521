package dev.caravan.sandbox;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row as the sandbox holds it. Immutable.
 *
 * @param values by the column's own name (never its alias), in order: String, Long, Integer, BigDecimal, Boolean, null,
 *     or a Map or List of them. A name that no column has is sent as it is
 * @param rowVersion the row's version as the system writes it; null where it has none
 */
public record SandboxRow(
        Map<String, @Nullable Object> values, @Nullable String rowVersion) {

    public SandboxRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Values from a list of names and values in turn; a value may be null.
     *
     * @throws IllegalArgumentException where a name has no value
     */
    public static Map<String, @Nullable Object> values(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("A name without a value");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return values;
    }

    /** The value of a column by the column's own name; null for NULL and for a column the row lacks. */
    public @Nullable Object value(String column) {
        return values.get(column);
    }

    /** A value as text, the way a look-up by key compares it; empty text for NULL. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
