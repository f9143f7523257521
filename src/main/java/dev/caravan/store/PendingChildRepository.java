package dev.caravan.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code pending_children}: records that wait until their parent is stored. Safe for several threads. */
public final class PendingChildRepository {
    private final JdbcTemplate jdbc;
    private final Database database;
    private final String table;
    private final Clock clock;
    private final Unseen unseen;

    public PendingChildRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.database = database;
        this.table = database.table("pending_children");
        this.unseen = new Unseen(jdbc, database, table, "");
        this.clock = clock;
    }

    /**
     * A record that waits.
     *
     * @param uid its key; {@link Uids#next()} for a new one
     * @param runUid the run that brought it
     * @param entityUid whose record it is
     * @param keyHash its own business-key hash
     * @param reference its name for people
     * @param parentEntity the entity of its parent, {@code erp.orders}
     * @param parentKeyHash the parent's business-key hash
     * @param payload a JSON object of the record as it came
     * @param extra JSON object of fields that no column explains; null for none
     * @param rowVersion the source's version of the record; null where it sends none
     * @param retryCount how often it was tried again
     */
    public record Child(
            String uid,
            @Nullable String runUid,
            String entityUid,
            String keyHash,
            String reference,
            String parentEntity,
            String parentKeyHash,
            String payload,
            @Nullable String extra,
            @Nullable String rowVersion,
            int retryCount) {}

    /**
     * Keeps children until their parents come. One that waits already keeps its place, and its retries where it waits for
     * the same parent.
     */
    public void add(Collection<Child> children) {
        String now = Times.write(clock.instant());
        List<@Nullable Object[]> rows = new ArrayList<>(children.size());
        for (Child child : children) {
            rows.add(new @Nullable Object[] {
                child.uid(),
                child.runUid(),
                child.entityUid(),
                child.keyHash(),
                CleanText.of(child.reference()),
                child.parentEntity(),
                child.parentKeyHash(),
                CleanText.of(child.payload()),
                CleanText.orNull(child.extra()),
                CleanText.orNull(child.rowVersion()),
                child.retryCount(),
                nextRetry(child.retryCount()),
                now,
                now
            });
        }
        String same = " CASE WHEN " + table + ".parent_bk_hash = excluded.parent_bk_hash THEN " + table + ".";
        jdbc.batchUpdate(
                "INSERT INTO " + table + " (uid, run_uid, entity_uid, bk_hash, reference, parent_entity,"
                        + " parent_bk_hash, payload, extra_fields, row_version, retry_count, next_retry_at, created_at,"
                        + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (entity_uid, bk_hash) DO UPDATE SET run_uid = excluded.run_uid,"
                        + " reference = excluded.reference, parent_entity = excluded.parent_entity,"
                        + " retry_count =" + same + "retry_count ELSE 0 END, next_retry_at =" + same
                        + "next_retry_at ELSE excluded.next_retry_at END,"
                        + " parent_bk_hash = excluded.parent_bk_hash, payload = excluded.payload,"
                        + " extra_fields = excluded.extra_fields, row_version = excluded.row_version,"
                        + " updated_at = excluded.updated_at",
                rows);
    }

    private @Nullable String nextRetry(int retries) {
        return LetterRow.time(Backoff.next(clock.instant(), retries, Backoff.MOST_RETRIES));
    }

    /** Whether a retry of a child that was tried so often is its last. */
    public static boolean isLast(int retryCount) {
        return retryCount + 1 >= Backoff.MOST_RETRIES;
    }

    /** Whether any record waits for one of an entity. */
    public boolean anyFor(String parentEntity) {
        return !jdbc.queryForList("SELECT 1 FROM " + table + " WHERE parent_entity = ? LIMIT 1", parentEntity)
                .isEmpty();
    }

    /** Whether any record of an entity waits. */
    public boolean any(String entityUid) {
        return !jdbc.queryForList("SELECT 1 FROM " + table + " WHERE entity_uid = ? LIMIT 1", entityUid)
                .isEmpty();
    }

    /** The entities whose records wait for some parents, by uid. */
    public List<String> entitiesWaitingFor(String parentEntity, Collection<String> parentKeys) {
        return jdbc.queryForList(
                "SELECT DISTINCT entity_uid FROM " + table + waiting(""),
                String.class,
                parentEntity,
                database.many(parentKeys));
    }

    private String waiting(String and) {
        return " WHERE parent_entity = ? AND " + database.among("parent_bk_hash") + and;
    }

    /** Records of an entity that wait for some parents, in the order in which they came. */
    public List<Child> waitingFor(String parentEntity, Collection<String> parentKeys, String entityUid, int most) {
        return jdbc.query(
                "SELECT * FROM " + table + waiting(" AND entity_uid = ?") + " ORDER BY uid LIMIT ?",
                PendingChildRepository::read,
                parentEntity,
                database.many(parentKeys),
                entityUid,
                most);
    }

    /** Lets those records be tried as soon as somebody looks. */
    public void due(String parentEntity, Collection<String> parentKeys, String entityUid) {
        jdbc.update(
                "UPDATE " + table + " SET next_retry_at = ?" + waiting(" AND entity_uid = ?"),
                Times.write(clock.instant()),
                parentEntity,
                database.many(parentKeys),
                entityUid);
    }

    /** The entities with records whose time has come, by uid. */
    public List<String> entitiesDue() {
        return jdbc.queryForList(
                "SELECT DISTINCT entity_uid FROM " + table + " WHERE next_retry_at <= ?",
                String.class,
                Times.write(clock.instant()));
    }

    /** The next records of an entity whose time has come; {@code after} is empty for the first. */
    public List<Child> nextDue(String entityUid, String after, int most) {
        List<Object> values = new ArrayList<>(List.of(entityUid, Times.write(clock.instant())));
        if (!after.isEmpty()) {
            values.add(after);
        }
        values.add(most);
        return jdbc.query(
                "SELECT * FROM " + table + " WHERE entity_uid = ? AND next_retry_at <= ?"
                        + (after.isEmpty() ? "" : " AND uid > ?") + " ORDER BY uid LIMIT ?",
                PendingChildRepository::read,
                values.toArray());
    }

    /** Those among some records of an entity that wait. */
    public List<Child> among(String entityUid, Collection<String> keyHashes) {
        return jdbc.query(
                "SELECT * FROM " + table + " WHERE entity_uid = ? AND " + database.among("bk_hash"),
                PendingChildRepository::read,
                entityUid,
                database.many(keyHashes));
    }

    /** How many records of an entity wait. */
    public long count(String entityUid) {
        Long count =
                jdbc.queryForObject("SELECT count(*) FROM " + table + " WHERE entity_uid = ?", Long.class, entityUid);
        return count == null ? 0 : count;
    }

    /** Counts one more retry of records that still wait, and sets the next one twice as far off. */
    public void retried(String entityUid, Collection<String> keyHashes) {
        String now = Times.write(clock.instant());
        for (int before = Backoff.MOST_RETRIES; before >= 0 && !keyHashes.isEmpty(); before--) {
            jdbc.update(
                    "UPDATE " + table + " SET retry_count = ?, next_retry_at = ?, updated_at = ?"
                            + " WHERE entity_uid = ? AND retry_count = ? AND " + database.among("bk_hash"),
                    before + 1,
                    nextRetry(before + 1),
                    now,
                    entityUid,
                    before,
                    database.many(keyHashes));
        }
    }

    /**
     * Records that a pass over all rows did not bring: the source has them no more, or has not shown them. One that was
     * tried again while the pass was under way is not among them.
     */
    public List<Child> unseen(String entityUid, String runUid, Instant passBegan, int most) {
        return jdbc.query(
                "SELECT * FROM " + table + " WHERE " + unseen.condition() + " LIMIT ?",
                PendingChildRepository::read,
                entityUid,
                runUid,
                Times.write(passBegan),
                most);
    }

    /** Forgets those records, or only some of them. */
    public void forgetUnseen(
            String entityUid, String runUid, Instant passBegan, @Nullable Collection<String> keyHashes) {
        unseen.forget(entityUid, runUid, passBegan, keyHashes);
    }

    /** Lets records of an entity go: they are stored, or dead letters now. */
    public void forget(String entityUid, Collection<String> keyHashes) {
        if (!keyHashes.isEmpty()) {
            jdbc.update(
                    "DELETE FROM " + table + " WHERE entity_uid = ? AND " + database.among("bk_hash"),
                    entityUid,
                    database.many(keyHashes));
        }
    }

    private static Child read(ResultSet row, int number) throws SQLException {
        return new Child(
                row.getString("uid"),
                row.getString("run_uid"),
                row.getString("entity_uid"),
                row.getString("bk_hash"),
                row.getString("reference"),
                row.getString("parent_entity"),
                row.getString("parent_bk_hash"),
                row.getString("payload"),
                row.getString("extra_fields"),
                row.getString("row_version"),
                row.getInt("retry_count"));
    }
}
