package dev.caravan.schema;

import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * Where tables and their sources differ, and how much that matters. Immutable.
 *
 * @param tables those with something to tell, in order
 */
public record SchemaReport(List<OfTable> tables) {
    public SchemaReport {
        tables = List.copyOf(tables);
    }

    /** How much a difference matters. */
    public enum Level {
        /** Something that is held has gone or does not fit any more. */
        ERROR,
        /** Something is not as it should be, and nothing is lost by it. */
        WARNING,
        /** Something is new, or takes more than before. */
        INFO
    }

    /**
     * One difference.
     *
     * @param column empty where it is the table as a whole
     * @param text for people
     */
    public record Finding(Level level, String column, String text) {}

    /**
     * A column on both sides.
     *
     * @param table its type in the table; empty where it is not there
     * @param source its type at the source; empty where it is not there
     */
    public record Side(String column, String table, String source) {
        /** Whether both are the same. */
        public boolean same() {
            return table.equals(source);
        }
    }

    /**
     * What there is to tell of one table.
     *
     * @param entity {@code crm.accounts}; empty for a table that no entity explains
     * @param table its name in the database
     * @param decision {@code open}, {@code approved}, {@code refused}; empty where none is asked for
     * @param effect what it means until then
     * @param sides all columns, those of the source first; empty where there is nothing to compare
     */
    public record OfTable(
            String entity, String table, String decision, String effect, List<Finding> findings, List<Side> sides) {
        public OfTable {
            findings = List.copyOf(findings);
            sides = List.copyOf(sides);
        }
    }

    /** How much a change matters. */
    public static Level level(SchemaChange.Kind kind) {
        return switch (kind) {
            case NARROWED, VANISHED, KEY_CHANGED -> Level.ERROR;
            case BOUND_SHRANK -> Level.WARNING;
            case ADDED, WIDENED, BOUND_GREW -> Level.INFO;
        };
    }

    /** The findings for what is different between a table and its source. */
    public static List<Finding> findings(Columns table, Columns source) {
        List<Finding> findings = new ArrayList<>();
        for (SchemaChange change : SchemaChange.between(table, source)) {
            findings.add(new Finding(level(change.kind()), change.column(), change.text()));
        }
        return findings;
    }

    /** All columns of both. */
    public static List<Side> sides(Columns table, Columns source) {
        List<Side> sides = new ArrayList<>();
        for (Column column : source) {
            int index = table.indexOf(column.name());
            sides.add(new Side(column.name(), index < 0 ? "" : type(table.get(index)), type(column)));
        }
        for (Column column : table) {
            if (source.indexOf(column.name()) < 0) {
                sides.add(new Side(column.name(), type(column), ""));
            }
        }
        return sides;
    }

    private static String type(Column column) {
        String declared = column.declaredType();
        return column.type() + (declared.isEmpty() ? "" : ", " + declared) + (column.key() ? ", key" : "");
    }
}
