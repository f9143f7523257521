package dev.caravan.store;

import dev.caravan.model.DeadLetter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Dead letters whose parent did not come, in {@code failed_records}. Safe for several threads. */
public final class OrphanRepository {
    private final JdbcTemplate jdbc;
    private final Database database;
    private final String table;
    private final Unseen unseen;

    public OrphanRepository(Database database) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.database = database;
        this.table = database.table("failed_records");
        this.unseen = new Unseen(jdbc, database, table, "parent_bk_hash IS NOT NULL AND ");
    }

    /**
     * A letter that its parent may still resolve.
     *
     * @param keyHash the record's own business-key hash
     */
    public record Orphan(
            String uid,
            String keyHash,
            String reference,
            String raw,
            @Nullable String rowVersion,
            String parentKeyHash) {}

    /** What a record waits for: an entity by name, and the business-key hash of one of its records. */
    public record Link(String reference, String parentEntity, String parentKeyHash) {}

    /**
     * For whom a letter waits.
     *
     * @param letter kept already
     * @param keyHash the record's own business-key hash
     */
    public record Tie(DeadLetter letter, String keyHash, String parentEntity, String parentKeyHash) {}

    /**
     * Notes for whom letters wait. They are tried again when that one comes, and not by schedule. An earlier letter of the
     * same record that waited otherwise holds older values, and goes.
     */
    public void link(String entityUid, Collection<Tie> ties) {
        if (ties.isEmpty()) {
            return;
        }
        List<Object[]> older = new ArrayList<>(ties.size());
        List<Object[]> linked = new ArrayList<>(ties.size());
        for (Tie tie : ties) {
            String fingerprint = Fingerprint.of(tie.letter());
            older.add(new Object[] {entityUid, tie.keyHash(), fingerprint});
            linked.add(new Object[] {tie.keyHash(), tie.parentEntity(), tie.parentKeyHash(), entityUid, fingerprint});
        }
        jdbc.batchUpdate(
                "DELETE FROM " + table + " WHERE entity_uid = ? AND bk_hash = ? AND fingerprint <> ?"
                        + " AND parent_bk_hash IS NOT NULL",
                older);
        jdbc.batchUpdate(
                "UPDATE " + table + " SET bk_hash = ?, parent_entity = ?, parent_bk_hash = ?, next_retry_at = NULL"
                        + " WHERE entity_uid = ? AND fingerprint = ?",
                linked);
    }

    /** Whether a letter waits for a record of an entity. */
    public boolean anyFor(String parentEntity) {
        return !jdbc.queryForList(
                        "SELECT 1 FROM " + table + " WHERE parent_bk_hash IS NOT NULL AND parent_entity = ? LIMIT 1",
                        parentEntity)
                .isEmpty();
    }

    /** For whom those among some records of an entity wait that are such letters, by key hash. */
    public Map<String, Link> links(String entityUid, Collection<String> keyHashes) {
        Map<String, Link> links = new HashMap<>();
        jdbc.query(
                "SELECT bk_hash, reference, parent_entity, parent_bk_hash FROM " + table
                        + " WHERE bk_hash IS NOT NULL AND entity_uid = ? AND " + database.among("bk_hash"),
                row -> {
                    links.put(row.getString(1), new Link(row.getString(2), row.getString(3), row.getString(4)));
                },
                entityUid,
                database.many(keyHashes));
        return links;
    }

    /** The entities with letters that wait for some parents, by uid. */
    public List<String> entitiesWaitingFor(String parentEntity, Collection<String> parentKeys) {
        return jdbc.queryForList(
                "SELECT DISTINCT entity_uid FROM " + table + waiting(""),
                String.class,
                parentEntity,
                database.many(parentKeys));
    }

    private String waiting(String and) {
        return " WHERE parent_bk_hash IS NOT NULL AND parent_entity = ? AND " + database.among("parent_bk_hash") + and;
    }

    /** Letters of an entity that wait for some parents, in the order in which they came. */
    public List<Orphan> waitingFor(String parentEntity, Collection<String> parentKeys, String entityUid, int most) {
        return jdbc.query(
                "SELECT uid, bk_hash, reference, raw_data, row_version, parent_bk_hash FROM " + table
                        + waiting(" AND entity_uid = ?") + " ORDER BY uid LIMIT ?",
                OrphanRepository::read,
                parentEntity,
                database.many(parentKeys),
                entityUid,
                most);
    }

    /** Letters that a pass over all rows did not bring: the source has their records no more, or has not shown them. */
    public List<Orphan> unseen(String entityUid, String runUid, Instant passBegan, int most) {
        return jdbc.query(
                "SELECT uid, bk_hash, reference, raw_data, row_version, parent_bk_hash FROM " + table + " WHERE "
                        + unseen.condition() + " LIMIT ?",
                OrphanRepository::read,
                entityUid,
                runUid,
                Times.write(passBegan),
                most);
    }

    /** Forgets those letters, or only some of them. */
    public void forgetUnseen(
            String entityUid, String runUid, Instant passBegan, @Nullable Collection<String> keyHashes) {
        unseen.forget(entityUid, runUid, passBegan, keyHashes);
    }

    private static Orphan read(ResultSet row, int number) throws SQLException {
        return new Orphan(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }

    /** Takes letters away: they are tried again now. */
    public void delete(Collection<Orphan> orphans) {
        List<Object[]> rows = new ArrayList<>(orphans.size());
        orphans.forEach(orphan -> rows.add(new Object[] {orphan.uid()}));
        jdbc.batchUpdate("DELETE FROM " + table + " WHERE uid = ?", rows);
    }
}
