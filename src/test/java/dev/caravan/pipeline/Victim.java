package dev.caravan.pipeline;

import java.util.function.IntConsumer;

/** What can be brought to a stand from outside: a source that answers, a database, and Caravan between them. */
interface Victim {
    /** The database. */
    String jdbcUrl();

    /** Runs an action before every request for rows, with its number from 1, counted from now. */
    void beforeAnswer(IntConsumer action);

    /** One of our own tables, as this database names it. */
    default String own(String table) {
        return isSqlite() ? "caravan_" + table : "caravan." + table;
    }

    default boolean isSqlite() {
        return jdbcUrl().startsWith("jdbc:sqlite");
    }
}
