package dev.caravan.source.dataverse;

import dev.caravan.model.Column;
import java.nio.charset.StandardCharsets;

/** Pieces of requests as text. Stateless. */
final class ODataText {
    private static final String KEPT = "-._~$,()=@:'/*!";
    private static final String HEX = "0123456789ABCDEF";

    private ODataText() {}

    /**
     * The value of a query option, encoded: a space is {@code %20}, as some services take no plus sign for one, and a plus
     * sign {@code %2B}.
     */
    static String encode(String value) {
        StringBuilder text = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letter || c < 0x80 && KEPT.indexOf(c) >= 0) {
                text.append((char) c);
            } else {
                text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return text.toString();
    }

    /** A key's value in a condition: text in quotes, all else plain. */
    static String literal(Column column, String value) {
        return switch (column.type().kind()) {
            case TEXT, JSON -> "'" + value.replace("'", "''") + "'";
            case UUID, INTEGER, DECIMAL, DOUBLE, DATE, TIMESTAMP, BOOLEAN, BINARY -> value;
        };
    }
}
