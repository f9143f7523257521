package dev.caravan.schema.odata;

/**
 * A column whose values are keys of another table. It is reported and used for filters, and never enforced.
 *
 * @param column on this side
 * @param table entity set on the other side
 * @param referenced its key column
 * @param found how it was found
 */
public record ForeignKey(String column, String table, String referenced, Found found) {

    /** Ways to find one, the surest first. */
    public enum Found {
        /** A navigation property names the column. */
        NAVIGATION,
        /** A link of two tables names the column of the table between. */
        LINK,
        /** The column is called {@code _x_value}, and there is a table {@code x}. */
        LOOKUP_NAME,
        /** The column is called {@code xid}, and there is a table {@code x}. */
        ID_NAME
    }
}
