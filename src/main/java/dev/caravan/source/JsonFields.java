package dev.caravan.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The names of the fields of records, which come in the same order in most of them: each is compared with the one that
 * came at its place before, and looked up only if it is another. One thread at a time.
 */
public final class JsonFields {
    private static final int MOST = 10_000;

    private final ToIntFunction<String> columnOf;
    private final List<Field> order = new ArrayList<>();

    /** @param columnOf the column that a name stands for; negative for none */
    public JsonFields(ToIntFunction<String> columnOf) {
        this.columnOf = columnOf;
    }

    /**
     * Reads the name of a member, with its colon.
     *
     * @param place which member of its object it is, from 0
     */
    public Field next(JsonScanner json, int place) throws IOException {
        if (place < order.size() && json.isName(order.get(place).quoted)) {
            return order.get(place);
        }
        String name = json.name();
        Field field = new Field(name, columnOf.applyAsInt(name));
        if (JsonScanner.isPlain(name)) {
            if (place < order.size()) {
                order.set(place, field);
            } else if (place == order.size() && place < MOST) {
                order.add(field);
            }
        }
        return field;
    }

    /** A name. Immutable. */
    public static final class Field {
        private final String name;
        private final int column;
        private final byte[] quoted;

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
