package dev.caravan.store;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Records that are kept for later and that a pass over all rows did not bring. Stateless but for the database.
 *
 * @param table where they are kept
 * @param where which records of the table it is about; goes on with AND, or is empty
 */
record Unseen(JdbcTemplate jdbc, Database database, String table, String where) {
    /** The condition; its parameters are the entity, the run of the pass, and when that began. */
    String condition() {
        return where + "entity_uid = ? AND (run_uid IS NULL OR run_uid <> ?) AND updated_at < ?";
    }

    /** Forgets them all, or only those among some keys. */
    void forget(String entityUid, String runUid, Instant passBegan, @Nullable Collection<String> keyHashes) {
        String sql = "DELETE FROM " + table + " WHERE " + condition();
        String began = Times.write(passBegan);
        if (keyHashes == null) {
            jdbc.update(sql, entityUid, runUid, began);
            return;
        }
        jdbc.update(sql + " AND " + database.among("bk_hash"), entityUid, runUid, began, database.many(keyHashes));
    }
}
