package dev.caravan.target.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the earlier runs of a pass have seen, by the hash of the key, in a table that outlives them. Immutable.
 *
 * @param name the table, ready for SQL, in the target's database: {@code entity_uid}, {@code bk_hash}
 * @param entity whose pass it is, by its uid
 * @param began when the pass began; null where the run begins it, so that there are no earlier ones
 */
public record PassRows(String name, String entity, @Nullable Instant began) {
    /** A condition that goes on with AND: no earlier run saw the row, called t, and nobody wrote it since the pass began. */
    String unseen(TargetTable table) {
        if (began == null) {
            return "";
        }
        return " AND NOT EXISTS (SELECT 1 FROM " + name + " p WHERE p.entity_uid = '" + entity + "' AND p.bk_hash = "
                + table.audit().keyText("t.") + ") AND t."
                + table.audit().touched().column() + " < '"
                + table.time(began) + "'";
    }

    /** Adds the hashes that a query finds as {@code bk}. */
    void add(JdbcTemplate jdbc, String query) {
        jdbc.update("INSERT INTO " + name + " (entity_uid, bk_hash) SELECT '" + entity + "', k.bk FROM (" + query
                + ") k WHERE true ON CONFLICT (entity_uid, bk_hash) DO NOTHING");
    }
}
