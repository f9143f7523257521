package dev.caravan.store;

import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code pass_rows}: what passes over several runs have seen so far. Safe for several threads. */
public final class PassRepository {
    private final JdbcTemplate jdbc;
    private final String table;

    public PassRepository(Database database) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("pass_rows");
    }

    /** The table, ready for SQL that compares it with a target in the same database: {@code entity_uid}, {@code bk_hash}. */
    public String table() {
        return table;
    }

    /** Forgets what the pass of an entity has seen. */
    public void forget(String entityUid) {
        jdbc.update("DELETE FROM " + table + " WHERE entity_uid = ?", entityUid);
    }
}
