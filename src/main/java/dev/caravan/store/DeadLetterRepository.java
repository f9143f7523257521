package dev.caravan.store;

import dev.caravan.model.DeadLetter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code failed_records}. Safe for several threads. */
public final class DeadLetterRepository {
    private static final Duration FIRST_RETRY = Duration.ofMinutes(5);
    private static final int MAX_RETRIES = 5;

    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    public DeadLetterRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("failed_records");
        this.clock = clock;
    }

    /** Keeps letters; one that is open already for the same record, stage and code is brought up to date instead. */
    public void add(String runUid, String entityUid, Collection<DeadLetter> letters) {
        String now = Times.write(clock.instant());
        for (DeadLetter letter : letters) {
            int known = jdbc.update(
                    "UPDATE " + table + " SET run_uid = ?, error_message = ?, raw_data = ?, normalized_data = ?,"
                            + " mapped_data = ?, row_version = ?, updated_at = ? WHERE entity_uid = ? AND stage = ?"
                            + " AND error_code = ? AND reference = ? AND (reference LIKE '%[%' OR raw_data = ?)",
                    runUid,
                    letter.message(),
                    letter.raw(),
                    letter.normalised(),
                    letter.mapped(),
                    letter.rowVersion(),
                    now,
                    entityUid,
                    letter.stage(),
                    letter.code(),
                    letter.reference(),
                    letter.raw());
            if (known == 0) {
                insert(runUid, entityUid, letter, now);
            }
        }
    }

    private void insert(String runUid, String entityUid, DeadLetter letter, String now) {
        jdbc.update(
                "INSERT INTO " + table + " (uid, run_uid, entity_uid, stage, error_code, error_type, error_message,"
                        + " reference, raw_data, normalized_data, mapped_data, row_version, retry_count, max_retries,"
                        + " next_retry_at, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
                Uids.next(),
                runUid,
                entityUid,
                letter.stage(),
                letter.code(),
                letter.type(),
                letter.message(),
                letter.reference(),
                letter.raw(),
                letter.normalised(),
                letter.mapped(),
                letter.rowVersion(),
                MAX_RETRIES,
                Times.write(clock.instant().plus(FIRST_RETRY)),
                now,
                now);
    }

    /** Whether an entity has any. */
    public boolean any(String entityUid) {
        Integer one = jdbc.queryForObject(
                "SELECT count(*) FROM (SELECT 1 FROM " + table + " WHERE entity_uid = ? LIMIT 1) found",
                Integer.class,
                entityUid);
        return one != null && one > 0;
    }

    /** Forgets the letters of records that were stored well since. */
    public void resolve(String entityUid, Collection<String> references) {
        for (String reference : references) {
            jdbc.update("DELETE FROM " + table + " WHERE entity_uid = ? AND reference = ?", entityUid, reference);
        }
    }

    /** How many letters each entity has, by its uid; an entity without one is not in it. */
    public Map<String, Long> countByEntity() {
        Map<String, Long> counts = new HashMap<>();
        jdbc.query("SELECT entity_uid, count(*) FROM " + table + " GROUP BY entity_uid", row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    /** The newest letters, of one entity or of all (null). */
    public List<Stored> latest(@Nullable String entityUid, int most) {
        String where = entityUid == null ? "" : " WHERE entity_uid = ?";
        Object[] arguments = entityUid == null ? new Object[] {most} : new Object[] {entityUid, most};
        return jdbc.query(
                "SELECT * FROM " + table + where + " ORDER BY created_at DESC, uid DESC LIMIT ?",
                DeadLetterRepository::read,
                arguments);
    }

    public Optional<Stored> find(String uid) {
        return jdbc.query("SELECT * FROM " + table + " WHERE uid = ?", DeadLetterRepository::read, uid).stream()
                .findFirst();
    }

    private static Stored read(ResultSet row, int number) throws SQLException {
        DeadLetter letter = new DeadLetter(
                row.getString("stage"),
                row.getString("error_code"),
                row.getString("error_type"),
                row.getString("error_message"),
                row.getString("reference"),
                row.getString("raw_data"),
                row.getString("normalized_data"),
                row.getString("mapped_data"),
                row.getString("row_version"));
        return new Stored(
                row.getString("uid"),
                row.getString("entity_uid"),
                row.getString("run_uid"),
                letter,
                Times.require(row, "created_at"));
    }

    /** A letter as it is kept. */
    public record Stored(
            String uid, String entityUid, @Nullable String runUid, DeadLetter letter, Instant createdAt) {}
}
