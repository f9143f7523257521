package dev.caravan.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON of any shape into maps, lists, texts, numbers, truths and null. Made for one text. */
final class JsonReader {
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * A whole text as one value.
     *
     * @throws Refused with 422 where it is not JSON
     */
    static @Nullable Object read(String json) {
        JsonReader reader = new JsonReader(json);
        Object value = reader.value(0);
        reader.blanks();
        if (reader.at != json.length()) {
            throw reader.wrong();
        }
        return value;
    }

    /** A whole text as an object; @throws Refused with 422 where it is anything else. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(String json) {
        if (read(json) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new Refused(422, "A JSON object is expected");
    }

    private Refused wrong() {
        return new Refused(422, "Not JSON at character " + at);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        blanks();
        if (at >= text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw wrong();
        }
    }

    private @Nullable Object value(int depth) {
        if (depth > DEEPEST) {
            throw wrong();
        }
        return switch (peek()) {
            case '{' -> map(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return meaning;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        expect('{');
        if (take('}')) {
            return map;
        }
        do {
            if (peek() != '"') {
                throw wrong();
            }
            String name = string();
            expect(':');
            map.put(name, value(depth + 1));
        } while (take(','));
        expect('}');
        return map;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        expect('[');
        if (take(']')) {
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (take(','));
        expect(']');
        return list;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        if (at >= text.length()) {
            throw wrong();
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        if (at >= text.length()) {
            throw wrong();
        }
        char c = text.charAt(at++);
        if (c == 'u') {
            try {
                char unit = (char) Integer.parseInt(text, at, Math.min(at + 4, text.length()), 16);
                at += 4;
                return unit;
            } catch (NumberFormatException notHexadecimal) {
                throw wrong();
            }
        }
        int special = "bfnrt".indexOf(c);
        return special < 0 ? c : "\b\f\n\r\t".charAt(special);
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            BigDecimal number = new BigDecimal(text.substring(start, at));
            boolean whole = number.scale() == 0 && number.precision() < 19;
            return whole ? (Object) number.longValueExact() : number;
        } catch (NumberFormatException notANumber) {
            throw wrong();
        }
    }
}
