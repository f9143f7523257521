package dev.caravan.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code pending_children}: records that wait until their parent is stored. Safe for several threads. */
public final class PendingChildRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    public PendingChildRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("pending_children");
        this.clock = clock;
    }

    /**
     * A record that waits.
     *
     * @param uid its key; {@link Uids#next()} for a new one
     * @param runUid the run that brought it
     * @param entityUid whose record it is
     * @param parentEntity the entity of its parent, {@code erp.orders}
     * @param parentKeyHash the parent's business-key hash, 32 hex digits
     * @param payload a JSON object of the record
     * @param retryCount how often it was tried again
     */
    public record Child(
            String uid,
            @Nullable String runUid,
            String entityUid,
            String parentEntity,
            String parentKeyHash,
            String payload,
            int retryCount) {}

    /** Keeps children until their parents come. */
    public void add(Collection<Child> children) {
        String now = Times.write(clock.instant());
        List<@Nullable Object[]> rows = new ArrayList<>(children.size());
        for (Child child : children) {
            rows.add(new @Nullable Object[] {
                child.uid(),
                child.runUid(),
                child.entityUid(),
                child.parentEntity(),
                child.parentKeyHash(),
                CleanText.of(child.payload()),
                child.retryCount(),
                now,
                now
            });
        }
        jdbc.batchUpdate(
                "INSERT INTO " + table + " (uid, run_uid, entity_uid, parent_entity, parent_bk_hash, payload,"
                        + " retry_count, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    /** The children that wait for one parent, in the order in which they came. */
    public List<Child> of(String parentEntity, String parentKeyHash) {
        return jdbc.query(
                "SELECT * FROM " + table + " WHERE parent_bk_hash = ? AND parent_entity = ? ORDER BY uid",
                (row, number) -> new Child(
                        row.getString("uid"),
                        row.getString("run_uid"),
                        row.getString("entity_uid"),
                        row.getString("parent_entity"),
                        row.getString("parent_bk_hash"),
                        row.getString("payload"),
                        row.getInt("retry_count")),
                parentKeyHash,
                parentEntity);
    }

    /** How many children of an entity wait. */
    public long count(String entityUid) {
        Long count =
                jdbc.queryForObject("SELECT count(*) FROM " + table + " WHERE entity_uid = ?", Long.class, entityUid);
        return count == null ? 0 : count;
    }

    /** Counts one more retry of a child. */
    public void retried(String uid) {
        jdbc.update(
                "UPDATE " + table + " SET retry_count = retry_count + 1, updated_at = ? WHERE uid = ?",
                Times.write(clock.instant()),
                uid);
    }

    /** Lets children go: their parent came, or they are dead letters now. */
    public void delete(Collection<String> uids) {
        List<Object[]> rows = new ArrayList<>(uids.size());
        uids.forEach(uid -> rows.add(new Object[] {uid}));
        jdbc.batchUpdate("DELETE FROM " + table + " WHERE uid = ?", rows);
    }
}
