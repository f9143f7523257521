package dev.caravan.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as the bytes it came in, well-formed UTF-8: a record on its way from an answer to a table, which need not become
 * a string for it. Immutable.
 */
public final class Utf8 {
    private final byte[] answer;
    private final int from;
    private final int to;

    private Utf8(byte[] answer, int from, int to) {
        this.answer = answer;
        this.from = from;
        this.to = to;
    }

    /**
     * Some bytes of an answer, which are not copied: it stays in memory as long as this does.
     *
     * @param answer not to be changed
     * @param from where the first byte is
     * @param to behind the last one
     */
    public static Utf8 of(byte[] answer, int from, int to) {
        return new Utf8(answer, from, to);
    }

    /** A text that is a string already; null for null. */
    public static @Nullable Utf8 of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Utf8(bytes, 0, bytes.length);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return Arrays.copyOfRange(answer, from, to);
    }

    @Override
    public String toString() {
        return new String(answer, from, to - from, StandardCharsets.UTF_8);
    }
}
