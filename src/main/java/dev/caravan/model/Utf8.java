package dev.caravan.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as the bytes it came in, well-formed UTF-8: a record on its way from an answer to a table, which need not become
 * a string for it. Immutable.
 */
public final class Utf8 {
    private final byte[] bytes;

    private Utf8(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A copy of some bytes of an answer.
     *
     * @param from where the first byte is
     * @param to behind the last one
     */
    public static Utf8 of(byte[] answer, int from, int to) {
        return new Utf8(Arrays.copyOfRange(answer, from, to));
    }

    /** A text that is a string already; null for null. */
    public static @Nullable Utf8 of(@Nullable String text) {
        return text == null ? null : new Utf8(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
