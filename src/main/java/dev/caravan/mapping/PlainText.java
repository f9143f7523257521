package dev.caravan.mapping;

import java.math.BigDecimal;
import java.util.HexFormat;

/** A value as text: numbers plain, dates and times ISO 8601 in UTC, binary as hexadecimal digits. Stateless. */
final class PlainText {
    private static final int EXCERPT = 40;

    private PlainText() {}

    static String of(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Double number) {
            BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
            return (exact.scale() < 0 ? exact.setScale(0) : exact).toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value.toString();
    }

    /** As much of it as a message may show. */
    static String excerpt(String text) {
        return text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
    }
}
