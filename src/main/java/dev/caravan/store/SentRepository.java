package dev.caravan.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code sent_records}: what a target that cannot be listed holds of ours. Safe for several threads. */
public final class SentRepository {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AT_ONCE = 500;
    private static final String UNSEEN = " WHERE entity_uid = ? AND NOT is_gone AND run_uid <> ? AND updated_at < ?";
    /** Later than all records. */
    private static final Instant EVER = Instant.parse("9999-12-31T23:59:59Z");

    private final JdbcTemplate jdbc;
    private final Database database;
    private final String table;
    private final Clock clock;

    public SentRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.database = database;
        this.table = database.table("sent_records");
        this.clock = clock;
    }

    /**
     * A record that the target holds.
     *
     * @param key values of its business key, so that the source can be asked for it
     * @param rawKey tells apart keys that only normalising makes the same
     */
    public record Sent(
            String keyHash,
            List<String> key,
            long rawKey,
            @Nullable String rowVersion) {}

    /** Notes records as held by the target and seen by a run. */
    public void note(String entityUid, String runUid, Collection<Sent> records) {
        String now = Times.write(clock.instant());
        List<@Nullable Object[]> rows = new ArrayList<>(records.size());
        for (Sent record : records) {
            rows.add(new @Nullable Object[] {
                Uids.next(),
                entityUid,
                record.keyHash(),
                write(record.key()),
                record.rawKey(),
                record.rowVersion(),
                runUid,
                false,
                now,
                now
            });
        }
        jdbc.batchUpdate(
                "INSERT INTO " + table + " (uid, entity_uid, bk_hash, key_values, raw_key, row_version, run_uid,"
                        + " is_gone, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (entity_uid, bk_hash) DO UPDATE SET key_values = excluded.key_values,"
                        + " raw_key = excluded.raw_key, row_version = excluded.row_version,"
                        + " run_uid = excluded.run_uid, is_gone = excluded.is_gone, updated_at = excluded.updated_at",
                rows);
    }

    /** Notes that the source still has these, whatever became of them; those that are not held are passed over. */
    public void noteSeen(String entityUid, String runUid, Collection<String> keyHashes) {
        inParts(keyHashes, some -> {
            List<Object> values = new ArrayList<>(List.of(runUid, Times.write(clock.instant()), entityUid));
            values.addAll(some);
            jdbc.update(
                    "UPDATE " + table + " SET run_uid = ?, updated_at = ? WHERE entity_uid = ? AND " + among(some),
                    values.toArray());
        });
    }

    /** The raw keys of those among some records that a run saw, by key hash. */
    public Map<String, Long> seen(String entityUid, String runUid, Collection<String> keyHashes) {
        Map<String, Long> seen = new HashMap<>();
        inParts(keyHashes, some -> {
            List<Object> values = new ArrayList<>(List.of(entityUid, runUid));
            values.addAll(some);
            jdbc.query(
                    "SELECT bk_hash, raw_key FROM " + table + " WHERE entity_uid = ? AND run_uid = ? AND "
                            + among(some),
                    row -> {
                        seen.put(row.getString(1), row.getLong(2));
                    },
                    values.toArray());
        });
        return seen;
    }

    /** Those among some records that are held and are not to go. */
    public Set<String> held(String entityUid, Collection<String> keyHashes) {
        return new HashSet<>(jdbc.queryForList(
                "SELECT bk_hash FROM " + table + " WHERE entity_uid = ? AND NOT is_gone AND "
                        + database.among("bk_hash"),
                String.class,
                entityUid,
                database.many(keyHashes)));
    }

    /** How many records are held and are not to go. */
    public long live(String entityUid) {
        return count("SELECT count(*) FROM " + table + " WHERE entity_uid = ? AND NOT is_gone", entityUid);
    }

    /**
     * How many of them a run did not see.
     *
     * @param since those that any run saw from then on are none of them; null for no such time
     */
    public long unseen(String entityUid, String runUid, @Nullable Instant since) {
        return count("SELECT count(*) FROM " + table + UNSEEN, entityUid, runUid, time(since));
    }

    private static String time(@Nullable Instant since) {
        return Times.write(since == null ? EVER : since);
    }

    private long count(String sql, Object... values) {
        Long count = jdbc.queryForObject(sql, Long.class, values);
        return count == null ? 0 : count;
    }

    /** The business keys of records that a run did not see, at most so many, by key hash. */
    public Map<String, List<String>> unseenKeys(String entityUid, String runUid, @Nullable Instant since, int most) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        jdbc.query(
                "SELECT bk_hash, key_values FROM " + table + UNSEEN + " LIMIT ?",
                row -> {
                    keys.put(row.getString(1), read(row.getString(2)));
                },
                entityUid,
                runUid,
                time(since),
                most);
        return keys;
    }

    /** The business keys of records, by key hash; those that are not remembered are not in it. */
    public Map<String, List<String>> keys(String entityUid, Collection<String> keyHashes) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        jdbc.query(
                "SELECT bk_hash, key_values FROM " + table + " WHERE entity_uid = ? AND " + database.among("bk_hash"),
                row -> {
                    keys.put(row.getString(1), read(row.getString(2)));
                },
                entityUid,
                database.many(keyHashes));
        return keys;
    }

    /** Lets all records that a run did not see go from the target, once somebody carries it out. */
    public void letUnseenGo(String entityUid, String runUid, @Nullable Instant since) {
        jdbc.update("UPDATE " + table + " SET is_gone = ?" + UNSEEN, true, entityUid, runUid, time(since));
    }

    /** The same for some records. */
    public void letGo(String entityUid, Collection<String> keyHashes) {
        inParts(keyHashes, some -> {
            List<Object> values = new ArrayList<>(List.of(true, entityUid));
            values.addAll(some);
            jdbc.update(
                    "UPDATE " + table + " SET is_gone = ? WHERE entity_uid = ? AND " + among(some), values.toArray());
        });
    }

    /**
     * Records that are to go, in the order of their uid.
     *
     * @param after uid of the last one of the answer before; empty for the first
     * @return key hashes by uid
     */
    public Map<String, String> going(String entityUid, String after, int most) {
        Map<String, String> going = new LinkedHashMap<>();
        jdbc.query(
                "SELECT uid, bk_hash FROM " + table + " WHERE entity_uid = ? AND is_gone"
                        + (after.isEmpty() ? "" : " AND uid > ?") + " ORDER BY uid LIMIT ?",
                row -> {
                    going.put(row.getString(1), row.getString(2));
                },
                after.isEmpty() ? new Object[] {entityUid, most} : new Object[] {entityUid, after, most});
        return going;
    }

    /** Forgets records that the target no longer holds; answers how many were to go. */
    public int forget(String entityUid, Collection<String> keyHashes) {
        int[] forgotten = {0};
        inParts(keyHashes, some -> {
            List<Object> values = new ArrayList<>(List.of(entityUid));
            values.addAll(some);
            forgotten[0] += jdbc.update(
                    "DELETE FROM " + table + " WHERE entity_uid = ? AND is_gone AND " + among(some), values.toArray());
        });
        return forgotten[0];
    }

    /** The highest row version that is held strictly below another, compared as text; null for none. */
    public @Nullable String versionBelow(String entityUid, String version) {
        List<@Nullable String> found = jdbc.queryForList(
                "SELECT max(row_version) FROM " + table + " WHERE entity_uid = ? AND row_version < ?",
                String.class,
                entityUid,
                version);
        return found.isEmpty() ? null : found.get(0);
    }

    private static String among(List<String> some) {
        return "bk_hash IN (" + "?, ".repeat(some.size() - 1) + "?)";
    }

    private static void inParts(Collection<String> all, Consumer<List<String>> each) {
        List<String> list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += AT_ONCE) {
            each.accept(list.subList(from, Math.min(list.size(), from + AT_ONCE)));
        }
    }

    private static String write(List<String> key) {
        try {
            return JSON.writeValueAsString(key);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Texts can be written as JSON", impossible);
        }
    }

    private static List<String> read(String key) {
        try {
            return JSON.readValue(key, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("sent_records.key_values is not the JSON that was written", damaged);
        }
    }
}
