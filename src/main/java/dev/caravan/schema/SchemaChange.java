package dev.caravan.schema;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One difference between the layout that is remembered and the one that was found.
 *
 * @param kind what happened
 * @param column its name
 * @param before the type as it was; the same as {@code after} where it is new
 * @param after the type as it is
 */
public record SchemaChange(Kind kind, String column, ColumnType before, ColumnType after) {
    private static final int DIGITS_OF_A_LONG = 18;

    /** A declared type with a bound, {@code Edm.String String(100)}, and what else is said behind it. */
    private static final Pattern BOUND = Pattern.compile("([^()]*)\\((\\d{1,9})\\).*");

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
        /** More may be entered than before, by the source's own definition: told, nothing follows from it. */
        BOUND_GREW,
        /** Less may be entered: told; old rows may still hold more. */
        BOUND_SHRANK,
        /** The business key is another: the entity stops. */
        KEY_CHANGED
    }

    /** All differences, in the order of the new layout, the vanished ones last. */
    public static List<SchemaChange> between(Columns before, Columns after) {
        List<SchemaChange> changes = new ArrayList<>();
        if (!sameKey(before.keyNames(), after.keyNames())) {
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
                continue;
            }
            bound(before.get(index), column).ifPresent(changes::add);
        }
        for (Column column : before) {
            if (after.indexOf(column.name()) < 0) {
                changes.add(new SchemaChange(Kind.VANISHED, column.name(), column.type(), column.type()));
            }
        }
        return changes;
    }

    /** A type that is the same, but for the bound that its source declares. */
    private static Optional<SchemaChange> bound(Column before, Column after) {
        Matcher was = BOUND.matcher(before.declaredType());
        Matcher is = BOUND.matcher(after.declaredType());
        if (!was.matches() || !is.matches() || !was.group(1).equals(is.group(1))) {
            return Optional.empty();
        }
        int from = Integer.parseInt(was.group(2));
        int to = Integer.parseInt(is.group(2));
        Kind kind = to > from ? Kind.BOUND_GREW : Kind.BOUND_SHRANK;
        return from == to
                ? Optional.empty()
                : Optional.of(new SchemaChange(kind, after.name(), bounded(before, from), bounded(after, to)));
    }

    private static ColumnType bounded(Column column, int bound) {
        return new ColumnType(column.type().kind(), bound, 0, 0);
    }

    /** Whether it only concerns what may be entered at the source. */
    public boolean isBound() {
        return kind == Kind.BOUND_GREW || kind == Kind.BOUND_SHRANK;
    }

    private static boolean sameKey(List<String> one, List<String> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = one.get(i).equalsIgnoreCase(other.get(i));
        }
        return same;
    }

    /**
     * Whether every value of the one type is a value of the other, in a way that a column can be altered to: longer text,
     * more digits, an integer to a decimal, a date to a time. All else keeps its type.
     */
    static boolean widens(ColumnType from, ColumnType to) {
        return switch (from.kind()) {
            case TEXT -> to.kind() == from.kind() && atLeast(from.length(), to.length());
            case BINARY -> to.kind() == from.kind() && atLeast(from.length(), to.length());
            case INTEGER -> isExact(to) && holds(to, from.precision() == 0 ? DIGITS_OF_A_LONG : from.precision(), 0);
            case DECIMAL -> to.kind() == from.kind() && holdsDecimal(from, to);
            case DATE -> to.kind() == ColumnType.Kind.TIMESTAMP;
            case DOUBLE, TIMESTAMP, BOOLEAN, JSON, UUID -> false;
        };
    }

    /** A bound of 0 is none. */
    private static boolean atLeast(int from, int to) {
        return to == 0 || from > 0 && to >= from;
    }

    private static boolean isExact(ColumnType type) {
        return type.kind() == ColumnType.Kind.INTEGER || type.kind() == ColumnType.Kind.DECIMAL;
    }

    private static boolean holdsDecimal(ColumnType from, ColumnType to) {
        return to.precision() == 0 || from.precision() > 0 && holds(to, from.precision() - from.scale(), from.scale());
    }

    private static boolean holds(ColumnType type, int before, int behind) {
        return type.precision() == 0 || type.scale() >= behind && type.precision() - type.scale() >= before;
    }

    /** For people: {@code NAME widened from text(10) to text(20)}. */
    public String text() {
        return switch (kind) {
            case ADDED -> column + " added as " + after;
            case WIDENED -> column + " widened from " + before + " to " + after;
            case NARROWED -> column + " narrowed from " + before + " to " + after + "; the column keeps its type";
            case VANISHED -> column + " vanished; the column stays";
            case BOUND_GREW -> column + " may be entered with " + after.length() + " now, more than " + before.length();
            case BOUND_SHRANK ->
                column + " may be entered with " + after.length() + " now, less than " + before.length();
            case KEY_CHANGED -> "the business key is now (" + column + ")";
        };
    }
}
