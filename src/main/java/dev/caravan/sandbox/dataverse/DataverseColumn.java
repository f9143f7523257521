package dev.caravan.sandbox.dataverse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column as the schema describes it. Immutable.
 *
 * @param name the logical name; a reference's property is {@code _name_value}
 * @param kind what it holds
 * @param length most characters of a text; null for other kinds
 * @param precision digits after the point; null for other kinds
 * @param targets logical names of the tables that a reference leads to
 * @param readable whether it can be read at all; else only the definitions tell of it
 */
public record DataverseColumn(
        String name,
        ColumnKind kind,
        @Nullable Integer length,
        @Nullable Integer precision,
        List<String> targets,
        boolean readable) {
    private static final int TEXT = 100;
    private static final int LONG_TEXT = 4000;
    private static final int MONEY_DIGITS = 4;
    private static final int DECIMAL_DIGITS = 10;

    public DataverseColumn {
        targets = List.copyOf(targets);
    }

    /** A column with the measures usual for its kind; no reference. */
    public static DataverseColumn of(String name, ColumnKind kind) {
        return switch (kind) {
            case STRING, MULTISELECT -> text(name, TEXT);
            case MEMO -> new DataverseColumn(name, kind, LONG_TEXT, null, List.of(), true);
            case MONEY -> new DataverseColumn(name, kind, null, MONEY_DIGITS, List.of(), true);
            case DECIMAL -> new DataverseColumn(name, kind, null, DECIMAL_DIGITS, List.of(), true);
            case CUSTOMER -> lookup(name, "account", "contact");
            case OWNER -> lookup(name, "systemuser", "team");
            case LOOKUP -> throw new IllegalArgumentException(name + " leads nowhere");
            case GUID, INTEGER, BIGINT, DOUBLE, BOOLEAN, DATETIME, DATE, PICKLIST, STATE, STATUS, MANAGED ->
                new DataverseColumn(name, kind, null, null, List.of(), true);
        };
    }

    /** Text of at most so many characters. */
    public static DataverseColumn text(String name, int length) {
        return new DataverseColumn(name, ColumnKind.STRING, length, null, List.of(), true);
    }

    /** A reference to rows of these tables, by logical name: owners, customers, or one table. */
    public static DataverseColumn lookup(String name, String... targets) {
        List<String> tables = List.of(targets);
        ColumnKind kind = ColumnKind.LOOKUP;
        if (tables.contains("systemuser") && tables.contains("team")) {
            kind = ColumnKind.OWNER;
        } else if (tables.size() > 1) {
            kind = ColumnKind.CUSTOMER;
        }
        return new DataverseColumn(name, kind, null, null, tables, true);
    }

    /** The same, told of by the definitions but not readable. */
    public DataverseColumn unreadable() {
        return new DataverseColumn(name, kind, length, precision, targets, false);
    }

    /** The name of its property in rows, filters and {@code $metadata}. */
    public String property() {
        return kind.isReference() ? "_" + name + "_value" : name;
    }
}
