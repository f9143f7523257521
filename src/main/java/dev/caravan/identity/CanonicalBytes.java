package dev.caravan.identity;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes that depend on nothing but the value.
 *
 * <p>A value is one byte for its family, four bytes for the length of what follows (big-endian), and: {@code 0} null,
 * nothing; {@code 1} text, UTF-8; {@code 2} number, its plain decimal digits without trailing zeros in ASCII, so that 1,
 * 1.0 and 1e0 are one; {@code 3} truth, one byte 0 or 1; {@code 4} date, ISO 8601 in ASCII; {@code 5} instant, ISO 8601
 * in UTC in ASCII as {@link Instant#toString()} writes it; {@code 6} binary, as it is; {@code 7} double, the
 * eight bytes of IEEE 754, big-endian (its text differs between versions of Java). A named field puts its name before,
 * four bytes of length and UTF-8.
 *
 * <p>Not safe for several threads.
 */
final class CanonicalBytes {
    private static final byte[] TRUE = {1};
    private static final byte[] FALSE = {0};
    private static final long YEAR_0 = -62_167_219_200L;
    private static final long YEAR_10000 = 253_402_300_800L;

    private byte[] bytes = new byte[512];
    private int length;

    CanonicalBytes clear() {
        length = 0;
        return this;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** A name that was encoded before: its length and UTF-8. */
    void name(byte[] utf8) {
        number(utf8.length);
        append(utf8);
    }

    void value(@Nullable Object value) {
        if (value == null) {
            tagged(0, new byte[0]);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long whole) {
            ascii(2, Long.toString(whole));
        } else if (value instanceof BigDecimal number) {
            ascii(2, plain(number));
        } else if (value instanceof Boolean truth) {
            tagged(3, truth ? TRUE : FALSE);
        } else if (value instanceof LocalDate date) {
            ascii(4, date.toString());
        } else if (value instanceof Instant instant) {
            instant(instant);
        } else if (value instanceof byte[] binary) {
            tagged(6, binary);
        } else if (value instanceof Double number) {
            tagged(7, ieee(number));
        } else {
            throw new IllegalArgumentException(
                    "No canonical bytes for a " + value.getClass().getName());
        }
    }

    /** Both zeros are one. */
    private static byte[] ieee(double number) {
        return ByteBuffer.allocate(8).putDouble(number == 0 ? 0.0 : number).array();
    }

    private static String plain(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        String text = number.toString();
        boolean asItIs = number.scale() > 0 && text.charAt(text.length() - 1) != '0' && text.indexOf('E') < 0;
        return asItIs ? text : number.stripTrailingZeros().toPlainString();
    }

    /** {@link Instant#toString()} by hand where it has whole seconds of a year with four digits, as most have. */
    private void instant(Instant instant) {
        long second = instant.getEpochSecond();
        if (instant.getNano() != 0 || second < YEAR_0 || second >= YEAR_10000) {
            ascii(5, instant.toString());
            return;
        }
        LocalDateTime when = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        ensure(5 + 20);
        bytes[length++] = 5;
        number(20);
        digits(when.getYear(), 4, '-');
        digits(when.getMonthValue(), 2, '-');
        digits(when.getDayOfMonth(), 2, 'T');
        digits(when.getHour(), 2, ':');
        digits(when.getMinute(), 2, ':');
        digits(when.getSecond(), 2, 'Z');
    }

    private void digits(int number, int width, char after) {
        int rest = number;
        for (int i = length + width - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
        bytes[length++] = (byte) after;
    }

    private void text(String text) {
        ensure(5 + text.length() * 3);
        int start = length;
        length += 5;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = start;
                tagged(1, text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[length++] = (byte) c;
        }
        int end = length;
        length = start;
        bytes[length++] = 1;
        number(end - start - 5);
        length = end;
    }

    private void ascii(int tag, String text) {
        tagged(tag, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void tagged(int tag, byte[] content) {
        ensure(5);
        bytes[length++] = (byte) tag;
        number(content.length);
        append(content);
    }

    private void number(int number) {
        ensure(4);
        bytes[length++] = (byte) (number >>> 24);
        bytes[length++] = (byte) (number >>> 16);
        bytes[length++] = (byte) (number >>> 8);
        bytes[length++] = (byte) number;
    }

    private void append(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
