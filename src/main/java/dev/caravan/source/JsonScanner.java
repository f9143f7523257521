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
    private static final int LONGEST_NUMBER = 2000;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
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
        this.json = json;
        this.deepest = deepest;
        boolean marked = json.length > 2 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB && json[2] == (byte) 0xBF;
        this.at = marked ? 3 : 0;
    }

    /** Where the next byte is that was not read. */
    public int at() {
        return at;
    }

    /** The first byte of what comes next, behind blanks; -1 at the end. It tells the kind of a value. */
    public int next() {
        byte[] bytes = json;
        int i = at;
        while (i < bytes.length) {
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
        if (to > json.length || !Arrays.equals(json, at, to, quoted, 0, quoted.length)) {
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
            return unescaped(from, to);
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
            default -> toEndOfNumber();
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
        if (to > json.length || !Arrays.equals(json, at, to, word, 0, word.length)) {
            throw malformed("a value");
        }
        at = to;
        return value;
    }

    /** Eight characters at a time, as long as they are plain ones; the byte order makes the first one the lowest. */
    private int toQuote(int from) throws IOException {
        byte[] bytes = json;
        int last = bytes.length - 8;
        int i = from;
        escaped = false;
        ascii = true;
        while (i < bytes.length) {
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
            if (i >= bytes.length) {
                break;
            }
            int c = bytes[i];
            if (c == '"') {
                return i;
            }
            i = c >= ' ' && c != '\\' ? i + 1 : special(i, c);
        }
        at = bytes.length;
        throw malformed("the end of a text");
    }

    private int special(int i, int c) throws IOException {
        if (c == '\\') {
            escaped = true;
            return afterEscape(i + 1);
        }
        if (c >= 0) {
            at = i;
            throw malformed("no control character in a text");
        }
        ascii = false;
        return afterCharacter(i);
    }

    private int afterEscape(int i) throws IOException {
        int c = i < json.length ? json[i] : -1;
        if (c == 'u') {
            int to = i + 5;
            boolean whole = to <= json.length;
            for (int k = i + 1; whole && k < to; k++) {
                whole = Character.digit(json[k], 16) >= 0;
            }
            if (whole) {
                return to;
            }
        } else if (c > 0 && "\"\\/bfnrt".indexOf(c) >= 0) {
            return i + 1;
        }
        at = Math.min(i, json.length);
        throw malformed("an escape");
    }

    /** Behind a character of several bytes, which is well-formed (Unicode 15, table 3-7). */
    private int afterCharacter(int i) throws IOException {
        int lead = json[i] & 0xff;
        int more = lead >= 0xc2 && lead <= 0xdf
                ? 1
                : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
        boolean formed = more > 0 && i + more < json.length;
        if (formed) {
            int second = json[i + 1] & 0xff;
            int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
            int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
            formed = second >= lowest && second <= highest;
            for (int k = 2; k <= more; k++) {
                formed &= (json[i + k] & 0xc0) == 0x80;
            }
        }
        if (!formed) {
            at = i;
            throw malformed("UTF-8");
        }
        return i + more + 1;
    }

    private String unescaped(int from, int to) {
        String written = new String(json, from, to - from, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(written.length());
        int i = 0;
        while (i < written.length()) {
            char c = written.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char which = written.charAt(i++);
            switch (which) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(written, i, i + 4, 16));
                    i += 4;
                }
                default -> text.append(which);
            }
        }
        return text.toString();
    }

    /** By hand where its digits fit into a long, as most do. */
    private Object number() throws IOException {
        byte[] bytes = json;
        int from = at;
        boolean negative = from < bytes.length && bytes[from] == '-';
        int begin = negative ? from + 1 : from;
        int i = begin;
        int point = -1;
        long digits = 0;
        while (i < bytes.length) {
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
        boolean more = i < bytes.length && (bytes[i] == 'e' || bytes[i] == 'E');
        if (!formed || more || i - begin > DIGITS_OF_A_LONG) {
            toEndOfNumber();
            return longNumber(new String(bytes, from, at - from, StandardCharsets.ISO_8859_1));
        }
        at = i;
        long value = negative ? -digits : digits;
        return point < 0 ? (Object) value : BigDecimal.valueOf(value, i - point - 1);
    }

    /** A number that no BigDecimal can be is handed on as text: then it spoils its row only. */
    private static Object longNumber(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return text;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean isLong = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
            return isLong ? (Object) number.longValue() : number;
        } catch (NumberFormatException outOfBounds) {
            return text;
        }
    }

    private void toEndOfNumber() throws IOException {
        int i = at < json.length && json[at] == '-' ? at + 1 : at;
        int whole = afterDigits(i);
        if (json[i] == '0' && whole > i + 1) {
            throw malformed("no leading zero");
        }
        i = whole;
        if (i < json.length && json[i] == '.') {
            i = afterDigits(i + 1);
        }
        if (i < json.length && (json[i] == 'e' || json[i] == 'E')) {
            boolean signed = i + 1 < json.length && (json[i + 1] == '+' || json[i + 1] == '-');
            i = afterDigits(signed ? i + 2 : i + 1);
        }
        at = i;
    }

    private int afterDigits(int from) throws IOException {
        int i = from;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            i++;
        }
        if (i == from) {
            throw malformed("a value");
        }
        return i;
    }

    private IOException malformed(String expected) {
        return new IOException("expected " + expected + " at byte " + at);
    }
}
