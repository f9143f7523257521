package dev.caravan.source;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The names of the fields of records, which come in nearly the same order in all of them: each is compared with the two
 * that came behind the one before it last, and looked up only if it is another. One thread at a time.
 */
public final class JsonFields {
    private static final int MOST = 10_000;

    private final ToIntFunction<String> columnOf;
    private final Map<String, Field> known = new HashMap<>();
    private final Field start = new Field("", -1);

    /** @param columnOf the column that a name stands for; negative for none */
    public JsonFields(ToIntFunction<String> columnOf) {
        this.columnOf = columnOf;
    }

    /** What stands before the first field of a record. */
    public Field start() {
        return start;
    }

    /** Reads the name of the member behind another, with its colon. */
    public Field next(JsonScanner json, Field before) throws IOException {
        Field likely = before.likely;
        if (likely != null && json.isName(likely.quoted)) {
            return likely;
        }
        Field other = before.other;
        if (other != null && json.isName(other.quoted)) {
            return other;
        }
        Field field = named(json.name());
        if (JsonScanner.isPlain(field.name)) {
            before.other = likely;
            before.likely = field;
        }
        return field;
    }

    private Field named(String name) {
        Field field = known.get(name);
        if (field == null) {
            field = new Field(name, columnOf.applyAsInt(name));
            if (known.size() < MOST) {
                known.put(name, field);
            }
        }
        return field;
    }

    /** A name. */
    public static final class Field {
        private final String name;
        private final int column;
        private final byte[] quoted;
        private @Nullable Field likely;
        private @Nullable Field other;

        private Field(String name, int column) {
            this.name = name;
            this.column = column;
            this.quoted = JsonScanner.quoted(name);
        }

        public String name() {
            return name;
        }

        /** The column that it stands for; negative for none. */
        public int column() {
            return column;
        }
    }
}
