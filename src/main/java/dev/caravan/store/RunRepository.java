package dev.caravan.store;

import dev.caravan.model.RunCounts;
import dev.caravan.model.RunRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code sync_runs}. Safe for several threads. */
public final class RunRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Database database;
    private final Clock clock;

    public RunRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("sync_runs");
        this.database = database;
        this.clock = clock;
    }

    /** Opens a run; answers its uid. */
    public String open(String entityUid, String type, String trigger, @Nullable String cursorStart, String node) {
        String uid = Uids.next();
        String now = now();
        jdbc.update(
                "INSERT INTO " + table + " (uid, entity_uid, run_type, \"trigger\", started_at, status, cursor_start,"
                        + " node, heartbeat_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?)",
                uid,
                entityUid,
                type,
                trigger,
                now,
                cursorStart,
                node,
                now,
                now,
                now);
        return uid;
    }

    private String now() {
        return Times.write(clock.instant());
    }

    /**
     * Claims pages for storing, inside the transaction that stores them.
     *
     * @param from pages stored so far
     * @param to pages stored once this transaction holds
     * @return false if the run is no longer ours or the pages are not the next ones; then nothing may be stored
     */
    public boolean claimPages(String uid, int from, int to) {
        return jdbc.update(
                        "UPDATE " + table + " SET pages = ?, heartbeat_at = ?, updated_at = ?"
                                + " WHERE uid = ? AND status = 'running' AND pages = ?",
                        to,
                        now(),
                        now(),
                        uid,
                        from)
                == 1;
    }

    /** Adds to the counts of a run. */
    public void add(String uid, RunCounts more, long bytes) {
        jdbc.update(
                "UPDATE " + table + " SET records_fetched = records_fetched + ?,"
                        + " records_inserted = records_inserted + ?, records_updated = records_updated + ?,"
                        + " records_deleted = records_deleted + ?, records_skipped = records_skipped + ?,"
                        + " records_failed = records_failed + ?, records_pending = records_pending + ?,"
                        + " records_repeated = records_repeated + ?, bytes = bytes + ?, updated_at = ? WHERE uid = ?",
                more.fetched(),
                more.inserted(),
                more.updated(),
                more.deleted(),
                more.skipped(),
                more.failed(),
                more.pending(),
                more.repeated(),
                bytes,
                now(),
                uid);
    }

    /** Adds to the requests a run has made. */
    public void addRequests(String uid, long requests, long retries, long throttled) {
        jdbc.update(
                "UPDATE " + table + " SET requests = requests + ?, retries = retries + ?,"
                        + " throttled_count = throttled_count + ?, updated_at = ? WHERE uid = ?",
                requests,
                retries,
                throttled,
                now(),
                uid);
    }

    public void setCursorEnd(String uid, @Nullable String cursor) {
        jdbc.update("UPDATE " + table + " SET cursor_end = ?, updated_at = ? WHERE uid = ?", cursor, now(), uid);
    }

    /**
     * A sign of life.
     *
     * @return false if the run is over: it was closed by somebody else
     */
    public boolean heartbeat(String uid) {
        return jdbc.update("UPDATE " + table + " SET heartbeat_at = ? WHERE uid = ? AND status = 'running'", now(), uid)
                == 1;
    }

    /** Closes a run that is still running; false if it was closed before. */
    public boolean finish(String uid, String status, @Nullable String code, @Nullable String message) {
        return jdbc.update(
                        "UPDATE " + table + " SET status = ?, completed_at = ?, error_code = ?, error_message = ?,"
                                + " updated_at = ? WHERE uid = ? AND status = 'running'",
                        status,
                        now(),
                        code,
                        CleanText.orNull(message),
                        now(),
                        uid)
                == 1;
    }

    /** Takes a completed run up again, to add to it in this transaction; false where there is none. */
    public boolean reopen(String uid) {
        return jdbc.update("UPDATE " + table + " SET status = 'running' WHERE uid = ? AND status = 'completed'", uid)
                == 1;
    }

    /** Closes what a process left behind when it died; answers how many. */
    public int closeInterrupted(String entityUid) {
        return jdbc.update(
                "UPDATE " + table + " SET status = 'failed', completed_at = ?, error_code = 'INTERRUPTED',"
                        + " error_message = 'The process ended while the run was under way; the next run goes on',"
                        + " updated_at = ? WHERE entity_uid = ? AND status = 'running'",
                now(),
                now(),
                entityUid);
    }

    /**
     * Lets a run that is running wait for another try; false if it was closed before.
     *
     * @param details how often it was tried and when it is tried next, JSON
     */
    public boolean postpone(String uid, @Nullable String code, @Nullable String message, String details) {
        return jdbc.update(
                        "UPDATE " + table + " SET status = 'pending', error_code = ?, error_message = ?,"
                                + " error_details = ?, updated_at = ? WHERE uid = ? AND status = 'running'",
                        code,
                        CleanText.orNull(message),
                        details,
                        now(),
                        uid)
                == 1;
    }

    /** Lets a run that waits go on, with its pages counted anew; false if it was closed meanwhile. */
    public boolean resume(String uid, String node) {
        return jdbc.update(
                        "UPDATE " + table + " SET status = 'running', pages = 0, error_details = NULL, node = ?,"
                                + " heartbeat_at = ?, updated_at = ? WHERE uid = ? AND status = 'pending'",
                        node,
                        now(),
                        now(),
                        uid)
                == 1;
    }

    /** Closes as failed what waits for a try that nobody makes any more; answers how many. */
    public int closePending(String entityUid) {
        return jdbc.update(
                "UPDATE " + table + " SET status = 'failed', completed_at = ?, updated_at = ?"
                        + " WHERE entity_uid = ? AND status = 'pending'",
                now(),
                now(),
                entityUid);
    }

    /** Whether a run is under way; false for one that is not known. */
    public boolean isRunning(String uid) {
        return !jdbc.queryForList("SELECT 1 FROM " + table + " WHERE uid = ? AND status = 'running'", uid)
                .isEmpty();
    }

    public Optional<RunRecord> find(String uid) {
        return jdbc.query("SELECT * FROM " + table + " WHERE uid = ?", RunRepository::read, uid).stream()
                .findFirst();
    }

    /** The newest runs, the newest first, of one entity or of all (null). */
    public List<RunRecord> latest(@Nullable String entityUid, int most) {
        String where = entityUid == null ? "" : " WHERE entity_uid = ?";
        Object[] arguments = entityUid == null ? new Object[] {most} : new Object[] {entityUid, most};
        return jdbc.query(
                "SELECT * FROM " + table + where + " ORDER BY started_at DESC, uid DESC LIMIT ?",
                RunRepository::read,
                arguments);
    }

    /** How many of the runs that began since a time stand or ended in each status; a status without runs is absent. */
    public Map<String, Long> countByStatus(Instant since) {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.query(
                "SELECT status, count(*) AS n FROM " + table + " WHERE started_at >= ? GROUP BY status",
                (ResultSet row) -> {
                    counts.put(row.getString("status"), row.getLong("n"));
                },
                Times.write(since));
        return counts;
    }

    /** Forgets runs older than this, but never one with open work nor the last three of an entity. */
    public int prune(Duration keep) {
        String before = Times.write(clock.instant().minus(keep));
        return jdbc.update(
                "DELETE FROM " + table + " WHERE status NOT IN ('pending', 'running') AND started_at < ?"
                        + " AND uid NOT IN (SELECT run_uid FROM " + database.table("failed_records")
                        + " WHERE run_uid IS NOT NULL) AND uid NOT IN (SELECT run_uid FROM "
                        + database.table("pending_children") + " WHERE run_uid IS NOT NULL) AND uid NOT IN"
                        + " (SELECT uid FROM (SELECT uid, row_number() OVER (PARTITION BY entity_uid,"
                        + " definition_uid ORDER BY started_at DESC, uid DESC) AS age FROM " + table
                        + ") newest WHERE age <= 3)",
                before);
    }

    private static RunRecord read(ResultSet row, int number) throws SQLException {
        RunCounts counts = new RunCounts(
                row.getLong("records_fetched"),
                row.getLong("records_inserted"),
                row.getLong("records_updated"),
                row.getLong("records_deleted"),
                row.getLong("records_skipped"),
                row.getLong("records_failed"),
                row.getLong("records_pending"),
                row.getLong("records_repeated"));
        return new RunRecord(
                row.getString("uid"),
                row.getString("entity_uid"),
                row.getString("run_type"),
                row.getString("trigger"),
                Times.require(row, "started_at"),
                Times.read(row, "completed_at"),
                row.getString("status"),
                counts,
                row.getLong("pages"),
                row.getString("cursor_start"),
                row.getString("cursor_end"),
                row.getString("error_code"),
                row.getString("error_message"));
    }
}
