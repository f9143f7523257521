package dev.caravan.target.sql;

import dev.caravan.model.Row;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The keys that a run has seen, in a table of its own, never on the heap. Safe for several threads. */
final class SeenKeys {
    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final String name;

    SeenKeys(DataSource dataSource, TargetTable table, String run) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.name = table.dialect().seen(run);
    }

    String name() {
        return name;
    }

    void create() {
        jdbc.execute(table.dialect().createSeen(name));
    }

    void drop() {
        jdbc.execute("DROP TABLE IF EXISTS " + name);
    }

    /** Notes the keys of rows and of records that are not stored; answers those that were noted before, with their raw key. */
    Map<String, Long> add(List<Row> rows, List<String> otherKeys) {
        Map<String, Long> fresh = new HashMap<>(rows.size() * 2);
        for (Row row : rows) {
            if (row.keyHash() != null) {
                fresh.putIfAbsent(row.keyHash(), rawKey(row));
            }
        }
        List<Map.Entry<String, Long>> noted = new ArrayList<>(fresh.entrySet());
        int[][] results = jdbc.batchUpdate(
                "INSERT INTO " + name + " (k, raw) VALUES (?, ?) ON CONFLICT (k) DO NOTHING",
                noted,
                Math.max(1, noted.size()),
                (PreparedStatement statement, Map.Entry<String, Long> entry) -> {
                    statement.setString(1, entry.getKey());
                    statement.setLong(2, entry.getValue());
                });
        jdbc.batchUpdate(
                "INSERT INTO " + name + " (k, raw) VALUES (?, 0) ON CONFLICT (k) DO NOTHING",
                otherKeys,
                Math.max(1, otherKeys.size()),
                (PreparedStatement statement, String key) -> statement.setString(1, key));
        return before(noted, results);
    }

    private Map<String, Long> before(List<Map.Entry<String, Long>> noted, int[][] results) {
        Map<String, Long> before = new HashMap<>();
        if (results.length == 0) {
            return before;
        }
        for (int i = 0; i < noted.size(); i++) {
            if (results[0][i] == 0) {
                String key = noted.get(i).getKey();
                Long raw = jdbc.queryForObject("SELECT raw FROM " + name + " WHERE k = ?", Long.class, key);
                if (raw != null && raw != 0) {
                    before.put(key, raw);
                }
            }
        }
        return before;
    }

    /** A number that tells apart keys as the source wrote them, though they may normalise to the same. */
    static long rawKey(Row row) {
        int[] keys = row.sourceColumns().keyIndexes();
        if (keys.length == 0) {
            return 1;
        }
        long hash = 0xcbf29ce484222325L;
        for (int key : keys) {
            Object part = row.raw()[key];
            hash = (hash ^ 0x1f) * 0x100000001b3L;
            String text = part == null ? "" : part.toString();
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
        }
        return hash == 0 ? 1 : hash;
    }
}
