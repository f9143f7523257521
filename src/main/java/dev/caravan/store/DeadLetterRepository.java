package dev.caravan.store;

import dev.caravan.model.DeadLetter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code failed_records}. Safe for several threads. */
public final class DeadLetterRepository {
    private static final int AT_ONCE = 500;

    private final JdbcTemplate jdbc;
    private final Database database;
    private final String table;
    private final Clock clock;
    private final RetriedLetters retried;

    public DeadLetterRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.database = database;
        this.table = database.table("failed_records");
        this.clock = clock;
        this.retried = new RetriedLetters(jdbc, table, clock);
    }

    /** Keeps letters; one that is open already for the same record, stage and code is brought up to date instead. */
    public void add(String runUid, String entityUid, Collection<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        Map<String, DeadLetter> distinct = new LinkedHashMap<>();
        letters.forEach(letter -> distinct.put(Fingerprint.of(letter), letter));
        List<@Nullable Object[]> rows = new ArrayList<>(distinct.size());
        distinct.forEach((fingerprint, letter) ->
                rows.add(LetterRow.values(runUid, entityUid, fingerprint, letter, clock.instant())));
        jdbc.batchUpdate(LetterRow.insertInto(table), rows);
    }

    /** Whether an entity has any. */
    public boolean any(String entityUid) {
        return !jdbc.queryForList("SELECT 1 FROM " + table + " WHERE entity_uid = ? LIMIT 1", entityUid)
                .isEmpty();
    }

    /** Forgets the letters of records that were stored well since; empty references are passed over. */
    public void resolve(String entityUid, Collection<String> references) {
        List<String> all = references.stream()
                .filter(reference -> !reference.isEmpty())
                .map(LetterRow::cut)
                .toList();
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            List<String> some = all.subList(i, Math.min(all.size(), i + AT_ONCE));
            List<Object> values = new ArrayList<>(some);
            values.add(0, entityUid);
            jdbc.update(
                    "DELETE FROM " + table + " WHERE entity_uid = ? AND reference IN (" + "?, ".repeat(some.size() - 1)
                            + "?)",
                    values.toArray());
        }
    }

    /**
     * Forgets letters of records that came and were stored already as they came: what was wrong with them is no longer so.
     * The second one of two records under one key is another matter.
     */
    public void resolveKept(String entityUid, Collection<String> references) {
        jdbc.update(
                "DELETE FROM " + table + " WHERE entity_uid = ? AND error_code <> 'DUPLICATE_KEY' AND "
                        + database.among("reference"),
                entityUid,
                database.many(references.stream()
                        .filter(reference -> !reference.isEmpty())
                        .map(LetterRow::cut)
                        .toList()));
    }

    /**
     * Letters that are to be tried again.
     *
     * @param of which of an entity
     * @param uids only these; empty for all
     * @param dueOnly only those whose time has come
     */
    public record Chosen(Wanted of, List<String> uids, boolean dueOnly) {}

    /** The next of the chosen letters in the order in which they came; {@code after} is empty for the first. */
    public List<Stored> next(Chosen chosen, String after, int most) {
        StringJoiner where = new StringJoiner(" AND ", " WHERE ", "").setEmptyValue("");
        List<Object> arguments = new ArrayList<>();
        chosen.of().columns().forEach((column, value) -> {
            where.add(column + " = ?");
            arguments.add(value);
        });
        if (!chosen.uids().isEmpty()) {
            where.add("uid IN (" + "?, ".repeat(chosen.uids().size() - 1) + "?)");
            arguments.addAll(chosen.uids());
        }
        if (chosen.dueOnly()) {
            where.add("next_retry_at <= ?");
            arguments.add(Times.write(clock.instant()));
        }
        if (!after.isEmpty()) {
            where.add("uid > ?");
            arguments.add(after);
        }
        arguments.add(most);
        return jdbc.query(
                "SELECT * FROM " + table + where + " ORDER BY uid LIMIT ?", LetterRow::read, arguments.toArray());
    }

    /** The entities with letters whose time has come, by uid. */
    public List<String> entitiesDue() {
        return jdbc.queryForList(
                "SELECT DISTINCT entity_uid FROM " + table + " WHERE next_retry_at <= ?",
                String.class,
                Times.write(clock.instant()));
    }

    /**
     * Settles letters that were tried again: gone where their record was taken, with the new reason where it was not.
     *
     * @param failed what was refused this time, under the references of the letters
     */
    public void settle(String runUid, List<Stored> tried, List<DeadLetter> failed) {
        Map<String, DeadLetter> reasons = new HashMap<>();
        failed.forEach(letter -> reasons.put(letter.reference(), letter));
        List<Stored> taken = new ArrayList<>();
        Map<Stored, DeadLetter> refused = new LinkedHashMap<>();
        for (Stored stored : tried) {
            DeadLetter reason = reasons.get(stored.letter().reference());
            if (reason == null) {
                taken.add(stored);
            } else {
                refused.put(stored, reason);
            }
        }
        if (!taken.isEmpty()) {
            resolve(
                    taken.get(0).entityUid(),
                    taken.stream().map(stored -> stored.letter().reference()).toList());
            retried.delete(taken);
        }
        retried.failAgain(runUid, refused);
    }

    /** Puts another raw form into a letter; its retries begin anew, the first at once. */
    public void edit(String uid, String raw) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "UPDATE " + table + " SET raw_data = ?, normalized_data = NULL, mapped_data = NULL, retry_count = 0,"
                        + " next_retry_at = ?, updated_at = ? WHERE uid = ?",
                CleanText.of(raw),
                now,
                now,
                uid);
    }

    /** How many records became dead letters in a run and were none before it began. */
    public long newSince(String runUid, Instant began) {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM " + table + " WHERE run_uid = ? AND created_at >= ?",
                Long.class,
                runUid,
                Times.write(began));
        return count == null ? 0 : count;
    }

    /** How many letters each entity has, by its uid; an entity without one is not in it. */
    public Map<String, Long> countByEntity() {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.query("SELECT entity_uid, count(*) FROM " + table + " GROUP BY entity_uid", row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    /** Notes that a retry failed: counts it, and sets the next twice as far off; none after the last. */
    public void retried(String uid) {
        find(uid).ifPresent(letter -> retried.count(List.of(letter)));
    }

    /** Letters whose retry is due, the longest due first. */
    public List<Stored> due(int most) {
        return jdbc.query(
                "SELECT * FROM " + table + " WHERE next_retry_at <= ? ORDER BY next_retry_at, uid LIMIT ?",
                LetterRow::read,
                Times.write(clock.instant()),
                most);
    }

    /** The newest letters, of one entity or of all (null). */
    public List<Stored> latest(@Nullable String entityUid, int most) {
        return latest(new Wanted(entityUid, null, null, null, null), most);
    }

    /** The newest of those that are wanted. */
    public List<Stored> latest(Wanted wanted, int most) {
        List<Object> arguments = new ArrayList<>(wanted.columns().values());
        arguments.add(most);
        return jdbc.query(
                "SELECT * FROM " + table + wanted.where() + " ORDER BY created_at DESC, uid DESC LIMIT ?",
                LetterRow::read,
                arguments.toArray());
    }

    /** How many there are, of one entity or of all (null). */
    public long count(@Nullable String entityUid) {
        return countOf(new Wanted(entityUid, null, null, null, null));
    }

    /** How many of those that are wanted there are. */
    public long countOf(Wanted wanted) {
        Object[] arguments = wanted.columns().values().toArray();
        Long count = jdbc.queryForObject("SELECT count(*) FROM " + table + wanted.where(), Long.class, arguments);
        return count == null ? 0 : count;
    }

    public Optional<Stored> find(String uid) {
        return jdbc.query("SELECT * FROM " + table + " WHERE uid = ?", LetterRow::read, uid).stream()
                .findFirst();
    }

    /** Forgets one; false if there is none. */
    public boolean delete(String uid) {
        return jdbc.update("DELETE FROM " + table + " WHERE uid = ?", uid) == 1;
    }

    /**
     * Which letters are wanted; null where that does not matter.
     *
     * @param stage {@code NORMALISE}
     * @param code {@code NUMBER_UNREADABLE}
     * @param type {@code BAD_DATA} or {@code INTERNAL}
     */
    public record Wanted(
            @Nullable String entityUid,
            @Nullable String runUid,
            @Nullable String stage,
            @Nullable String code,
            @Nullable String type) {
        private String where() {
            StringJoiner where = new StringJoiner(" AND ", " WHERE ", "").setEmptyValue("");
            columns().keySet().forEach(column -> where.add(column + " = ?"));
            return where.toString();
        }

        private Map<String, String> columns() {
            Map<String, String> columns = new LinkedHashMap<>();
            put(columns, "entity_uid", entityUid);
            put(columns, "run_uid", runUid);
            put(columns, "stage", stage);
            put(columns, "error_code", code);
            put(columns, "error_type", type);
            return columns;
        }

        private static void put(Map<String, String> columns, String column, @Nullable String value) {
            if (value != null) {
                columns.put(column, value);
            }
        }
    }

    /** A letter as it is kept; {@code nextRetryAt} is null once the retries are used up. */
    public record Stored(
            String uid,
            String entityUid,
            @Nullable String runUid,
            DeadLetter letter,
            Instant createdAt,
            int retryCount,
            @Nullable Instant nextRetryAt) {}
}
