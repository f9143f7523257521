package dev.caravan.identity;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.LongStream;
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
    private static final int MOST_DIGITS = 18;
    private static final long[] POWERS_OF_TEN =
            LongStream.iterate(1, power -> power * 10).limit(MOST_DIGITS + 1).toArray();
    private static final int SECONDS_A_DAY = 86_400;

    private static final HexFormat HEX = HexFormat.of();
    private static final Hasher128 XXH128 = Hashing.xxh3_128();
    private static final ThreadLocal<CanonicalBytes> OF_THREAD = ThreadLocal.withInitial(CanonicalBytes::new);

    private final RowHash blake3 = new RowHash();
    private byte[] bytes = new byte[512];
    private int length;

    /** Those of this thread, without a value. */
    static CanonicalBytes empty() {
        return OF_THREAD.get().clear();
    }

    CanonicalBytes clear() {
        length = 0;
        return this;
    }

    /** XXH128 of what is there: 32 hex digits. */
    String xxh128() {
        HashValue128 hash = XXH128.hashBytesTo128Bits(bytes, 0, length);
        return HEX.toHexDigits(hash.getMostSignificantBits()) + HEX.toHexDigits(hash.getLeastSignificantBits());
    }

    /** BLAKE3 of what is there: 64 hex digits. */
    String blake3() {
        return HEX.formatHex(blake3.of(bytes, length));
    }

    /** What is there. */
    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** A name as {@link #name(byte[])} takes it: its length and UTF-8. */
    static byte[] encoded(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + utf8.length)
                .putInt(utf8.length)
                .put(utf8)
                .array();
    }

    /** A name that was {@link #encoded} before. */
    void name(byte[] encoded) {
        append(encoded);
    }

    void value(@Nullable Object value) {
        if (value == null) {
            tagged(0, new byte[0]);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Long whole) {
            whole(whole);
        } else if (value instanceof BigDecimal number) {
            decimal(number);
        } else if (value instanceof Boolean truth) {
            tagged(3, truth ? TRUE : FALSE);
        } else if (value instanceof LocalDate date) {
            date(date);
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

    private void whole(long number) {
        if (number == Long.MIN_VALUE) {
            ascii(2, Long.toString(number));
        } else {
            number(Math.abs(number), 0, number < 0);
        }
    }

    /** {@link BigDecimal#toPlainString()} without trailing zeros, by hand where its digits fit into a long. */
    private void decimal(BigDecimal number) {
        int scale = number.scale();
        if (scale < 0 || scale > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            ascii(2, plain(number));
            return;
        }
        long digits = Math.abs(number.scaleByPowerOfTen(scale).longValue());
        while (scale > 0 && digits % 10 == 0) {
            digits /= 10;
            scale--;
        }
        number(digits, scale, number.signum() < 0);
    }

    /** @param scale how many of the digits are behind the point */
    private void number(long digits, int scale, boolean negative) {
        int width = scale + 1;
        while (width <= MOST_DIGITS && digits >= POWERS_OF_TEN[width]) {
            width++;
        }
        header(2, width + (negative ? 1 : 0) + (scale > 0 ? 1 : 0));
        if (negative) {
            mark('-');
        }
        int at = length + width + (scale > 0 ? 1 : 0);
        length = at;
        long rest = digits;
        for (int i = 0; i < width; i++) {
            if (scale > 0 && i == scale) {
                bytes[--at] = '.';
            }
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static String plain(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        String text = number.toString();
        boolean asItIs = number.scale() > 0 && text.charAt(text.length() - 1) != '0' && text.indexOf('E') < 0;
        return asItIs ? text : number.stripTrailingZeros().toPlainString();
    }

    /** {@link LocalDate#toString()} by hand for years of four digits, as most are. */
    private void date(LocalDate date) {
        if (date.getYear() < 0 || date.getYear() > 9999) {
            ascii(4, date.toString());
            return;
        }
        header(4, 10);
        day(date);
    }

    /** {@link Instant#toString()} by hand where it has whole seconds of a year with four digits, as most have. */
    private void instant(Instant instant) {
        long second = instant.getEpochSecond();
        if (instant.getNano() != 0 || second < YEAR_0 || second >= YEAR_10000) {
            ascii(5, instant.toString());
            return;
        }
        header(5, 20);
        day(LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_A_DAY)));
        int ofDay = (int) Math.floorMod(second, (long) SECONDS_A_DAY);
        mark('T');
        digits(ofDay / 3600, 2);
        mark(':');
        digits(ofDay / 60 % 60, 2);
        mark(':');
        digits(ofDay % 60, 2);
        mark('Z');
    }

    private void day(LocalDate date) {
        digits(date.getYear(), 4);
        mark('-');
        digits(date.getMonthValue(), 2);
        mark('-');
        digits(date.getDayOfMonth(), 2);
    }

    private void mark(char mark) {
        bytes[length++] = (byte) mark;
    }

    private void digits(int number, int width) {
        int rest = number;
        for (int i = length + width - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
    }

    private void text(String text) {
        int size = text.length();
        ensure(5 + size);
        byte[] to = bytes;
        int at = length + 5;
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                tagged(1, text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            to[at++] = (byte) c;
        }
        header(1, size);
        length = at;
    }

    private void ascii(int tag, String text) {
        tagged(tag, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void tagged(int tag, byte[] content) {
        header(tag, content.length);
        append(content);
    }

    /** The family of a value and how many bytes it has, for which there is room afterwards. */
    private void header(int tag, int size) {
        ensure(5 + size);
        byte[] to = bytes;
        int at = length;
        to[at] = (byte) tag;
        to[at + 1] = (byte) (size >>> 24);
        to[at + 2] = (byte) (size >>> 16);
        to[at + 3] = (byte) (size >>> 8);
        to[at + 4] = (byte) size;
        length = at + 5;
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
