package dev.caravan.model;

import java.util.Collection;
import java.util.StringJoiner;

/** Many texts as one parameter of a statement. Stateless. */
public final class ManyTexts {
    private ManyTexts() {}

    /** A JSON array, as SQLite's {@code json_each} reads it. */
    public static String json(Collection<String> texts) {
        return join(texts, "[", "]");
    }

    /**
     * A literal of {@code text[]} in PostgreSQL
     * (<a href="https://www.postgresql.org/docs/17/arrays.html#ARRAYS-IO">array input</a>).
     */
    public static String array(Collection<String> texts) {
        return join(texts, "{", "}");
    }

    private static String join(Collection<String> texts, String before, String after) {
        StringJoiner list = new StringJoiner(",", before, after);
        for (String text : texts) {
            list.add('"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return list.toString();
    }
}
