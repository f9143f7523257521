package dev.caravan.schema;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * One difference between the layout that is remembered and the one that was found.
 *
 * @param kind what happened
 * @param column its name
 * @param before the type as it was; the same as {@code after} where it is new
 * @param after the type as it is
 */
public record SchemaChange(Kind kind, String column, ColumnType before, ColumnType after) {

    /** What can happen to a column. */
    public enum Kind {
        /** New: it is added. */
        ADDED,
        /** Takes all it took and more: it is altered. */
        WIDENED,
        /** Takes less: the column keeps its type, and what does not fit is a dead letter. */
        NARROWED,
        /** Gone: it stays, empty for new rows. */
        VANISHED,
        /** The business key is another: the entity stops. */
        KEY_CHANGED
    }

    /** All differences, in the order of the new layout, the vanished ones last. */
    public static List<SchemaChange> between(Columns before, Columns after) {
        List<SchemaChange> changes = new ArrayList<>();
        if (!before.keyNames().equals(after.keyNames())) {
            String keys = String.join(", ", after.keyNames());
            ColumnType text = ColumnType.text(0);
            changes.add(new SchemaChange(Kind.KEY_CHANGED, keys, text, text));
        }
        for (Column column : after) {
            int index = before.indexOf(column.name());
            if (index < 0) {
                changes.add(new SchemaChange(Kind.ADDED, column.name(), column.type(), column.type()));
                continue;
            }
            ColumnType old = before.get(index).type();
            if (!old.equals(column.type())) {
                Kind kind = widens(old, column.type()) ? Kind.WIDENED : Kind.NARROWED;
                changes.add(new SchemaChange(kind, column.name(), old, column.type()));
            }
        }
        for (Column column : before) {
            if (after.indexOf(column.name()) < 0) {
                changes.add(new SchemaChange(Kind.VANISHED, column.name(), column.type(), column.type()));
            }
        }
        return changes;
    }

    /** Whether every value of the one type is a value of the other. */
    static boolean widens(ColumnType from, ColumnType to) {
        if (to.kind() == ColumnType.Kind.TEXT) {
            boolean longer = to.length() == 0 || from.length() > 0 && to.length() >= from.length();
            return from.kind() == ColumnType.Kind.TEXT ? longer : to.length() == 0;
        }
        if (from.kind() == ColumnType.Kind.DATE) {
            return to.kind() == ColumnType.Kind.TIMESTAMP;
        }
        if (to.kind() != ColumnType.Kind.DECIMAL) {
            return false;
        }
        if (from.kind() == ColumnType.Kind.INTEGER) {
            return to.precision() == 0 || to.precision() - to.scale() >= 18;
        }
        boolean roomier = from.precision() > 0
                && to.scale() >= from.scale()
                && to.precision() - to.scale() >= from.precision() - from.scale();
        return from.kind() == ColumnType.Kind.DECIMAL && (to.precision() == 0 || roomier);
    }

    /** For people: {@code NAME widened from text(10) to text(20)}. */
    public String text() {
        return switch (kind) {
            case ADDED -> column + " added as " + after;
            case WIDENED -> column + " widened from " + before + " to " + after;
            case NARROWED -> column + " narrowed from " + before + " to " + after + "; the column keeps its type";
            case VANISHED -> column + " vanished; the column stays";
            case KEY_CHANGED -> "the business key is now (" + column + ")";
        };
    }
}
