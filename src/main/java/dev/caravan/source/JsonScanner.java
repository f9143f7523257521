package dev.caravan.source;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text (<a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>) in UTF-8 from memory, value by value,
 * strictly: what is not JSON, or not UTF-8, is refused where it is met, also in what is passed over. A lone surrogate that
 * is written as {@code \\ud800} is let through, as JSON allows it.
 *
 * <p>The pages of a source are read with it and not with a library, because half of what reading them costs there is to
 * turn bytes into characters, one at a time, and to look up names that come in the same order in each record. One thread.
 *
 * <p>An object is read with {@link #open}, then {@link #more} before each member, {@link #isName} or {@link #name}, and
 * its value; an array likewise, without names.
 */
public final class JsonScanner {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = 0x8080_8080_8080_8080L;
    private static final long QUOTES = EACH * '"';
    private static final long SLASHES = EACH * '\\';
    private static final long BLANKS = EACH * ' ';
    private static final int DIGITS_OF_A_LONG = 18;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final int end;
    private final int deepest;
    private int at;
    private int depth;
    private boolean first;
    private boolean escaped;
    private boolean ascii;

    /**
     * Begins before the first value; a byte order mark is passed over.
     *
     * @param json not to be changed while it is read
     * @param deepest how many objects and arrays may stand in one another
     */
    public JsonScanner(byte[] json, int deepest) {
        this(json, json.length, deepest);
    }

    /**
     * The same for the first bytes of an array.
     *
     * @param end how many
     */
    public JsonScanner(byte[] json, int end, int deepest) {
        this.json = json;
        this.end = end;
        this.deepest = deepest;
        boolean marked = end > 2 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB && json[2] == (byte) 0xBF;
        this.at = marked ? 3 : 0;
    }

    /** Where the next byte is that was not read. */
    public int at() {
        return at;
    }

    /** The first byte of what comes next, behind blanks; -1 at the end. It tells the kind of a value. */
    public int next() {
        byte[] bytes = json;
        int stop = end;
        int i = at;
        while (i < stop) {
            int c = bytes[i];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                at = i;
                return c & 0xff;
            }
            i++;
        }
        at = i;
        return -1;
    }

    /**
     * Goes into an object or an array.
     *
     * @param bracket its opening one
     */
    public void open(char bracket) throws IOException {
        expect(bracket);
        depth++;
        if (depth > deepest) {
            throw malformed("no more than " + deepest + " objects and arrays in one another");
        }
        first = true;
    }

    /**
     * Whether another member or element follows; if not, the object or array is left.
     *
     * @param bracket its closing one
     */
    public boolean more(char bracket) throws IOException {
        boolean begun = !first;
        first = false;
        if (next() == bracket) {
            at++;
            depth--;
            return false;
        }
        if (begun) {
            expect(',');
        }
        return true;
    }

    /** A plain name for {@link #isName}. */
    public static byte[] quoted(String name) {
        return ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a name needs no escapes. */
    static boolean isPlain(String name) {
        return name.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\' || Character.isSurrogate((char) c));
    }

    /**
     * Whether the name of the member is a certain one, written without escapes; if so it is read, with its colon.
     *
     * @param quoted of {@link #quoted}
     */
    public boolean isName(byte[] quoted) throws IOException {
        next();
        int to = at + quoted.length;
        if (to > end || !Arrays.equals(json, at, to, quoted, 0, quoted.length)) {
            return false;
        }
        at = to;
        expect(':');
        return true;
    }

    /** The name of the member, which is read with its colon. */
    public String name() throws IOException {
        String name = text();
        expect(':');
        return name;
    }

    /** The text that comes next. */
    public String text() throws IOException {
        if (next() != '"') {
            throw malformed("a text");
        }
        int from = at + 1;
        int to = toQuote(from);
        at = to + 1;
        if (escaped) {
            return JsonText.unescaped(json, from, to);
        }
        return new String(json, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /**
     * The value that comes next, if it is neither an object nor an array.
     *
     * @return String, Boolean, Long, BigDecimal, or null; a number that is too long to reckon with, as a String
     */
    public @Nullable Object scalar() throws IOException {
        return switch (next()) {
            case '"' -> text();
            case 't' -> literal(TRUE, true);
            case 'f' -> literal(FALSE, false);
            case 'n' -> literal(NULL, null);
            default -> number();
        };
    }

    /** Passes over the value that comes next, and tells where it begins; {@link #at} is behind it. */
    public int skip() throws IOException {
        int kind = next();
        int from = at;
        switch (kind) {
            case '"' -> at = toQuote(from + 1) + 1;
            case '{' -> {
                open('{');
                while (more('}')) {
                    if (next() != '"') {
                        throw malformed("a name");
                    }
                    at = toQuote(at + 1) + 1;
                    expect(':');
                    skip();
                }
            }
            case '[' -> {
                open('[');
                while (more(']')) {
                    skip();
                }
            }
            case 't' -> literal(TRUE, null);
            case 'f' -> literal(FALSE, null);
            case 'n' -> literal(NULL, null);
            default -> at = formed(at, JsonNumber.after(json, at, end), "a value");
        }
        return from;
    }

    /** The value that comes next, as it is written. */
    public String raw() throws IOException {
        int from = skip();
        return new String(json, from, at - from, StandardCharsets.UTF_8);
    }

    /** Demands that nothing is left but blanks. */
    public void end() throws IOException {
        if (next() >= 0) {
            throw malformed("nothing behind the value");
        }
    }

    private void expect(char mark) throws IOException {
        if (next() != mark) {
            throw malformed("'" + mark + "'");
        }
        at++;
    }

    private @Nullable Object literal(byte[] word, @Nullable Object value) throws IOException {
        int to = at + word.length;
        if (to > end || !Arrays.equals(json, at, to, word, 0, word.length)) {
            throw malformed("a value");
        }
        at = to;
        return value;
    }

    /** Eight characters at a time, as long as they are plain ones; the byte order makes the first one the lowest. */
    private int toQuote(int from) throws IOException {
        byte[] bytes = json;
        int stop = end;
        int last = stop - 8;
        int i = from;
        escaped = false;
        ascii = true;
        while (i < stop) {
            while (i <= last) {
                long eight = (long) LONGS.get(bytes, i);
                long quotes = eight ^ QUOTES;
                long slashes = eight ^ SLASHES;
                long special =
                        ((quotes - EACH) & ~quotes | (slashes - EACH) & ~slashes | (eight - BLANKS) & ~eight | eight)
                                & HIGHEST;
                if (special != 0) {
                    i += Long.numberOfTrailingZeros(special) >>> 3;
                    break;
                }
                i += 8;
            }
            if (i >= stop) {
                break;
            }
            int c = bytes[i];
            if (c == '"') {
                return i;
            }
            i = c >= ' ' && c != '\\' ? i + 1 : special(i, c);
        }
        at = end;
        throw malformed("the end of a text");
    }

    private int special(int i, int c) throws IOException {
        if (c == '\\') {
            escaped = true;
            return formed(i, JsonText.afterEscape(json, i + 1, end), "an escape");
        }
        if (c >= 0) {
            at = i;
            throw malformed("no control character in a text");
        }
        ascii = false;
        return formed(i, JsonText.afterCharacter(json, i, end), "UTF-8");
    }

    private int formed(int from, int to, String expected) throws IOException {
        if (to < 0) {
            at = from;
            throw malformed(expected);
        }
        return to;
    }

    /** By hand where its digits fit into a long, as most do. */
    private Object number() throws IOException {
        byte[] bytes = json;
        int from = at;
        boolean negative = from < end && bytes[from] == '-';
        int begin = negative ? from + 1 : from;
        int i = begin;
        int point = -1;
        long digits = 0;
        int stop = end;
        while (i < stop) {
            int c = bytes[i];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
            i++;
        }
        int whole = point < 0 ? i : point;
        boolean formed = whole > begin && (bytes[begin] != '0' || whole == begin + 1) && point != i - 1;
        boolean more = i < end && (bytes[i] == 'e' || bytes[i] == 'E');
        if (!formed || more || i - begin > DIGITS_OF_A_LONG) {
            at = formed(at, JsonNumber.after(json, at, end), "a value");
            return JsonNumber.of(new String(bytes, from, at - from, StandardCharsets.ISO_8859_1));
        }
        at = i;
        long value = negative ? -digits : digits;
        return point < 0 ? (Object) value : BigDecimal.valueOf(value, i - point - 1);
    }

    private IOException malformed(String expected) {
        return new IOException("expected " + expected + " at byte " + at);
    }
}
