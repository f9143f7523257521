package dev.caravan.sandbox;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON. Not thread-safe; made for one text. */
public final class Json {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text;

    Json(int expectedLength) {
        text = new StringBuilder(expectedLength);
    }

    /** The JSON of one value, as {@link #value} takes it. */
    public static String of(@Nullable Object value) {
        return new Json(256).value(value).toString();
    }

    /** Text that is JSON already. */
    Json raw(String json) {
        text.append(json);
        return this;
    }

    /** String, Boolean, Integer, Long, BigDecimal, null, or a Map or Collection of them. */
    Json value(@Nullable Object value) {
        if (value == null) {
            return raw("null");
        }
        if (value instanceof String string) {
            return string(string);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof Collection<?> collection) {
            return array(collection);
        }
        if (value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigDecimal) {
            return raw(value.toString());
        }
        throw new IllegalArgumentException("No JSON for " + value.getClass());
    }

    private Json object(Map<?, ?> map) {
        String before = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            raw(before).string(String.valueOf(entry.getKey())).raw(":").value(entry.getValue());
            before = ",";
        }
        return raw(map.isEmpty() ? "{}" : "}");
    }

    private Json array(Collection<?> collection) {
        String before = "[";
        for (Object element : collection) {
            raw(before).value(element);
            before = ",";
        }
        return raw(collection.isEmpty() ? "[]" : "]");
    }

    private Json string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            character(string.charAt(i));
        }
        text.append('"');
        return this;
    }

    private void character(char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
            return;
        }
        if (c < ' ') {
            text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            return;
        }
        text.append(c);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
