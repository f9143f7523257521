package dev.caravan.target.sql;

import dev.caravan.target.sql.dialect.AuditColumn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows that a full pass did not see. Stateless but for the database. */
public final class Deletions {
    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final String unseen;
    private final Clock clock;

    Deletions(DataSource dataSource, TargetTable table, String seen, Clock clock) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.clock = clock;
        this.unseen = " FROM " + table.name() + " t WHERE " + live() + " AND NOT EXISTS (SELECT 1 FROM " + seen
                + " s WHERE s.k = t." + AuditColumn.KEY_HASH.column() + ")";
    }

    private String live() {
        return AuditColumn.DELETED.column() + " = " + (table.dialect().bind(false) instanceof Boolean ? "false" : "0");
    }

    /** How many live rows were not seen. */
    public long count() {
        Long count = jdbc.queryForObject("SELECT count(*)" + unseen, Long.class);
        return count == null ? 0 : count;
    }

    /** How many live rows there are. */
    public long liveRows() {
        Long count = jdbc.queryForObject("SELECT count(*) FROM " + table.name() + " WHERE " + live(), Long.class);
        return count == null ? 0 : count;
    }

    /** The business keys of rows that were not seen, at most so many, by business-key hash. */
    public Map<String, List<String>> keys(int most) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        String columns = String.join(", ", table.keyColumns());
        jdbc.query("SELECT " + AuditColumn.KEY_HASH.column() + ", " + columns + unseen + " LIMIT " + most, row -> {
            List<String> key = new ArrayList<>();
            for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                key.add(String.valueOf(row.getString(i)));
            }
            keys.put(row.getString(1), key);
        });
        return keys;
    }

    /** Marks all rows that were not seen; answers how many. */
    public int markAll() {
        String id = AuditColumn.ID.column();
        return jdbc.update(
                "UPDATE " + table.name() + " SET " + marked() + " WHERE " + id + " IN (SELECT t." + id + unseen + ")",
                table.dialect().bind(true),
                table.time(clock.instant()));
    }

    private static String marked() {
        return AuditColumn.DELETED.column() + " = ?, " + AuditColumn.UPDATED.column() + " = ?";
    }

    /** Marks the rows with these business-key hashes; answers how many. */
    public int mark(List<String> keyHashes) {
        int marked = 0;
        for (String keyHash : keyHashes) {
            marked += jdbc.update(
                    "UPDATE " + table.name() + " SET " + marked() + " WHERE " + AuditColumn.KEY_HASH.column()
                            + " = ? AND " + live(),
                    table.dialect().bind(true),
                    table.time(clock.instant()),
                    keyHash);
        }
        return marked;
    }
}
