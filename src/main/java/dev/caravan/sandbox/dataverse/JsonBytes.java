package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Json;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON written straight as UTF-8. Not thread-safe; made for one text. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_A_CHAR = 6;

    private byte[] bytes;
    private int length;

    JsonBytes(int expected) {
        bytes = new byte[Math.max(expected, 64)];
    }

    /** Text that is JSON already. */
    JsonBytes raw(String json) {
        return raw(json.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON without any character beyond ASCII. */
    @SuppressWarnings("deprecation") // the one copy that neither encodes nor checks
    JsonBytes ascii(String json) {
        need(json.length());
        json.getBytes(0, json.length(), bytes, length);
        length += json.length();
        return this;
    }

    /** Bytes that are JSON already. */
    JsonBytes raw(byte[] json) {
        need(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** A value of a row. */
    JsonBytes value(@Nullable Object value) {
        if (value == null) {
            return raw(NULL);
        }
        if (value instanceof String text) {
            return string(text);
        }
        if (value instanceof Reference reference) {
            return string(reference.id());
        }
        if (value instanceof BigDecimal number) {
            return raw(number.toPlainString());
        }
        if (value instanceof Map<?, ?> map) {
            return raw(Json.of(map));
        }
        if (value instanceof Number || value instanceof Boolean) {
            return raw(value.toString());
        }
        throw new IllegalArgumentException("No JSON for " + value.getClass());
    }

    JsonBytes string(String text) {
        need(text.length() * MOST_A_CHAR + 2);
        byte[] out = bytes;
        int at = length;
        out[at++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                out[at++] = (byte) c;
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length()) {
                at = supplementary(out, at, text.codePointAt(i));
                i++;
            } else {
                at = special(out, at, c);
            }
        }
        out[at++] = '"';
        length = at;
        return this;
    }

    int length() {
        return length;
    }

    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private static int special(byte[] out, int from, char c) {
        int at = from;
        if (c == '"' || c == '\\') {
            out[at++] = '\\';
            out[at++] = (byte) c;
            return at;
        }
        if (c < ' ') {
            byte[] escape = {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]};
            System.arraycopy(escape, 0, out, at, escape.length);
            return at + escape.length;
        }
        byte[] encoded = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, out, at, encoded.length);
        return at + encoded.length;
    }

    private static int supplementary(byte[] out, int at, int codePoint) {
        byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, out, at, encoded.length);
        return at + encoded.length;
    }

    private void need(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
