package dev.caravan.target.sql.dialect;

import dev.caravan.model.ColumnType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One database's way of saying things. Immutable. */
public interface Dialect {
    /** A name in quotes, whatever it holds. */
    default String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A table's name, ready for SQL. */
    String table(String schema, String table);

    /** Query for the names of a table's columns; its parameters are the schema and the table, both plain. */
    String columnsOf();

    /**
     * Query for the names and declared types of a table's columns, in their order; its parameters are the schema and the
     * table. What it says can be said in a column's definition.
     */
    String declared();

    /** The declared type of a column; empty where none is declared. */
    String type(ColumnType type);

    /** The declared types of the audit columns, in the order of {@link AuditColumn}. */
    String auditType(AuditColumn column);

    /** The literal for what is not so. */
    String no();

    /** A value as it is handed to the driver; null stays null. */
    @Nullable
    Object bind(@Nullable Object value);

    /**
     * Where a value of a row stands in a statement.
     *
     * @param utf8 whether it is a {@link dev.caravan.model.Utf8}
     */
    default String place(boolean utf8) {
        return "?";
    }

    /** What becomes of a value that a column of the type holds less exactly than it came. */
    default Object kept(ColumnType type, Object value) {
        return value;
    }

    /** Statements that give a column a wider type; none where the database does not mind. */
    List<String> widen(String table, String column, ColumnType type);

    /**
     * Query for the names and the types of a table's columns as this database calls them; its parameters are the schema
     * and the table. Empty where types do not matter.
     */
    default String typesOf() {
        return "";
    }

    /**
     * Statements that give columns other types, whatever they have, their values read anew from their text; none where
     * types do not matter.
     *
     * @param types by column, ready for SQL
     */
    default List<String> retype(String table, Map<String, String> types) {
        return List.of();
    }

    /**
     * Statements that add columns to a table, as few as the database needs.
     *
     * @param definitions name and type of each, ready for SQL
     */
    default List<String> addColumns(String table, List<String> definitions) {
        return definitions.stream()
                .map(definition -> "ALTER TABLE " + table + " ADD COLUMN " + definition)
                .toList();
    }

    /** Statements that give a column a declared type of another one; none where that says nothing. */
    List<String> retyped(String table, String column, String type);

    /**
     * Query for the type, name and statement of what refers to a table and must be gone while a column takes another's
     * place; empty where nothing must.
     */
    String inTheWay(String table);

    /** A condition that finds rows by their keys: so many tuples of so many columns, as parameters. */
    String keysIn(List<String> columns, int tuples);

    /** Statement that makes the table of rows seen in a run, unless it is there: what names each, of a type, and its raw key. */
    String createSeen(String name, String type);

    /** Name of the table of rows seen in this run. */
    String seen(String run);

    /** Statement that makes the table of refused records seen in a run, unless it is there: the hash of each key. */
    String createSeenRefused(String name);

    /** Name of the table of refused records seen in this run. */
    String seenRefused(String run);

    /** Statements that make an empty table for the rows of this transaction, of these columns in parentheses. */
    List<String> createArrivals(String name, String columns);

    /** Name of the table for the rows of a transaction of this run. */
    String arrivals(String run);

    /** A condition that a column of text holds one of many values; its one parameter is {@link #many}. */
    String among(String column);

    /** The parameter of {@link #among}. */
    Object many(Collection<String> values);

    /** Statements that let the transactions of one family of entities wait for one another; none where all do. */
    List<String> takeTurns(long family);

    /** Statements before such a table is joined to a large one by an index: how to go about it, for this transaction. */
    List<String> beforeJoin();

    /**
     * Query for the runs whose tables of rows seen are there, also those of runs that died; empty where such a table
     * goes with its connection.
     */
    String runsWithSeen();

    /** Whether it takes many rows as a stream. */
    boolean copies();

    /** Statements before a table's first use. */
    List<String> prepare(String schema);
}
