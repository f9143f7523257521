package dev.caravan.store;

import dev.caravan.model.RunCounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sums over what is remembered, for those who watch. Safe for several threads. */
public final class StatisticsRepository {
    private final JdbcTemplate jdbc;
    private final Database database;

    public StatisticsRepository(Database database) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.database = database;
    }

    /** So many remembered runs of an entity are or ended in a status. */
    public record Runs(String entityUid, String status, long count) {}

    /**
     * Dead letters of one kind.
     *
     * @param type {@code BAD_DATA}, {@code INTERNAL}
     * @param code what exactly is wrong
     * @param retryable whether they are tried again by themselves
     */
    public record Letters(String entityUid, String stage, String type, String code, boolean retryable, long count) {}

    /**
     * Children that wait.
     *
     * @param parent the entity of the parents that are missing
     * @param parents how many different parents are missing
     */
    public record Children(String entityUid, String parent, long parents, long count) {}

    /**
     * The newest run of an entity.
     *
     * @param skipped records that were stored as they came already
     * @param failed records that became or stayed dead letters
     */
    public record Newest(
            String entityUid, String run, String status, Instant startedAt, long fetched, long skipped, long failed) {

        /** See {@link StatisticsRepository#efficiency}. */
        public @Nullable BigDecimal efficiency() {
            return share(skipped, fetched);
        }

        /** See {@link StatisticsRepository#successRate}. */
        public @Nullable BigDecimal successRate() {
            return share(fetched - failed, fetched);
        }
    }

    /** The share of the fetched records that needed no writing, from 0 to 1; null where none was fetched. */
    public static @Nullable BigDecimal efficiency(RunCounts counts) {
        return share(counts.skipped(), counts.fetched());
    }

    /** The share of the fetched records that are no dead letters, from 0 to 1; null where none was fetched. */
    public static @Nullable BigDecimal successRate(RunCounts counts) {
        return share(counts.fetched() - counts.failed(), counts.fetched());
    }

    private static @Nullable BigDecimal share(long part, long whole) {
        return whole == 0 ? null : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 4, RoundingMode.DOWN);
    }

    /** By entity and status. */
    public List<Runs> runs() {
        return jdbc.query(
                "SELECT entity_uid, status, count(*) AS n FROM " + database.table("sync_runs")
                        + " WHERE entity_uid IS NOT NULL GROUP BY entity_uid, status ORDER BY entity_uid, status",
                (row, number) -> new Runs(row.getString("entity_uid"), row.getString("status"), row.getLong("n")));
    }

    /** By entity, stage, type, code and whether they are tried again. */
    public List<Letters> letters() {
        String retryable = "CASE WHEN next_retry_at IS NOT NULL AND retry_count < max_retries THEN 1 ELSE 0 END";
        return jdbc.query(
                "SELECT entity_uid, stage, error_type, error_code, " + retryable + " AS retryable, count(*) AS n FROM "
                        + database.table("failed_records") + " GROUP BY entity_uid, stage, error_type, error_code, "
                        + retryable + " ORDER BY entity_uid, stage, error_type, error_code, retryable",
                (row, number) -> new Letters(
                        row.getString("entity_uid"),
                        row.getString("stage"),
                        row.getString("error_type"),
                        row.getString("error_code"),
                        row.getInt("retryable") == 1,
                        row.getLong("n")));
    }

    /** By parent and entity. */
    public List<Children> children() {
        return jdbc.query(
                "SELECT entity_uid, parent_entity, count(DISTINCT parent_bk_hash) AS parents, count(*) AS n FROM "
                        + database.table("pending_children")
                        + " GROUP BY entity_uid, parent_entity ORDER BY parent_entity, entity_uid",
                (row, number) -> new Children(
                        row.getString("entity_uid"),
                        row.getString("parent_entity"),
                        row.getLong("parents"),
                        row.getLong("n")));
    }

    /** The newest run of each entity that took its rows from the source. */
    public List<Newest> newest() {
        return jdbc.query(
                "SELECT * FROM (SELECT r.*, row_number() OVER (PARTITION BY entity_uid ORDER BY started_at DESC, uid"
                        + " DESC) AS age FROM " + database.table("sync_runs") + " r WHERE entity_uid IS NOT NULL"
                        + " AND run_type NOT IN ('retry', 'verify')) newest WHERE age = 1 ORDER BY entity_uid",
                (row, number) -> new Newest(
                        row.getString("entity_uid"),
                        row.getString("uid"),
                        row.getString("status"),
                        Times.require(row, "started_at"),
                        row.getLong("records_fetched"),
                        row.getLong("records_skipped"),
                        row.getLong("records_failed")));
    }
}
