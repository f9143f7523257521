package dev.caravan.schema;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What becomes of a table whose source has another layout than the one remembered. Stateless. */
public enum SchemaPolicy {
    /** The columns stay as they are until a person says otherwise. */
    LOCK,
    /** New columns are added, wider types taken; narrower ones keep their type, vanished ones stay in the table. */
    EVOLVE,
    /** Any difference stops the table. */
    FREEZE;

    /** As configuration writes it: {@code lock}. */
    public static SchemaPolicy of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** How much a difference weighs. */
    public enum Level {
        INFO,
        WARNING,
        ERROR;

        /** As tables write it: {@code info}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was decided.
     *
     * @param columns the layout that rows have from now on
     * @param changes all differences, whatever becomes of them
     * @param level of the heaviest difference
     * @param stops whether the table is not synced until a person has looked
     * @param taken whether the differences are taken over
     */
    public record Decision(Columns columns, List<SchemaChange> changes, Level level, boolean stops, boolean taken) {}

    /** Decides on a table. */
    public Decision decide(Columns known, Columns found) {
        List<SchemaChange> changes = SchemaChange.between(known, found);
        Level level =
                changes.stream().map(SchemaPolicy::level).max(Level::compareTo).orElse(Level.INFO);
        boolean keyChanged = changes.stream().anyMatch(change -> change.kind() == SchemaChange.Kind.KEY_CHANGED);
        boolean stops = keyChanged || this == FREEZE && !changes.isEmpty();
        boolean taken = this == EVOLVE && !stops;
        return new Decision(taken ? keepTypes(found, changes) : known, changes, level, stops, taken);
    }

    /** How much a difference weighs: what is lost is an error, what only shrinks a warning. */
    public static Level level(SchemaChange change) {
        return switch (change.kind()) {
            case KEY_CHANGED, VANISHED -> Level.ERROR;
            case NARROWED -> change.before().kind() == change.after().kind() ? Level.WARNING : Level.ERROR;
            case ADDED, WIDENED -> Level.INFO;
        };
    }

    /** The new layout, in which a narrowed column keeps its type. */
    static Columns keepTypes(Columns found, List<SchemaChange> changes) {
        Map<String, ColumnType> kept = new HashMap<>();
        for (SchemaChange change : changes) {
            if (change.kind() == SchemaChange.Kind.NARROWED) {
                kept.put(change.column(), change.before());
            }
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : found) {
            columns.add(column.typed(kept.getOrDefault(column.name(), column.type())));
        }
        return new Columns(columns, found.keyNames());
    }
}
