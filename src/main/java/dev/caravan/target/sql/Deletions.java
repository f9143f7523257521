package dev.caravan.target.sql;

import dev.caravan.target.Unseen;
import dev.caravan.target.sql.dialect.Dialect;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows that a full pass did not see. Stateless but for the database. */
final class Deletions implements Unseen {
    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final String unseen;
    private final String where;
    private final Audit audit;
    private final Clock clock;
    private final @Nullable RowVersions versions;

    /** @param versions null where none are kept */
    Deletions(DataSource dataSource, TargetTable table, String notSeen, Clock clock, @Nullable RowVersions versions) {
        this.versions = versions;
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.clock = clock;
        this.audit = table.audit();
        this.where = " WHERE " + audit.live("t.") + " AND " + notSeen;
        this.unseen = " FROM " + table.name() + " t" + where;
    }

    @Override
    public long count() {
        Long count = jdbc.queryForObject("SELECT count(*)" + unseen, Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public long liveRows() {
        Long count =
                jdbc.queryForObject("SELECT count(*) FROM " + table.name() + " WHERE " + audit.live(""), Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public Map<String, List<String>> keys(int most) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        String columns = String.join(", ", table.keyColumns());
        jdbc.query("SELECT " + audit.keyText("t.") + ", " + columns + unseen + " LIMIT " + most, row -> {
            List<String> key = new ArrayList<>();
            for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                key.add(String.valueOf(row.getString(i)));
            }
            keys.put(row.getString(1), key);
        });
        return keys;
    }

    @Override
    public int markAll() {
        int marked = jdbc.update(
                "UPDATE " + table.name() + " AS t SET " + audit.deletion() + where,
                audit.deleting(table, clock.instant()));
        close(marked);
        return marked;
    }

    private void close(int marked) {
        if (versions != null && marked > 0) {
            versions.closeGone(clock.instant());
        }
    }

    @Override
    public int mark(List<String> keys) {
        List<String> columns = table.keyColumns();
        boolean plain = !audit.loadsWithoutKey() && columns.size() == 1;
        int marked = plain ? oneByOne(columns.get(0), keys) : keys.isEmpty() ? 0 : together(keys);
        close(marked);
        return marked;
    }

    private String marking(String which) {
        return "UPDATE " + table.name() + " SET " + audit.deletion() + " WHERE " + which + " AND " + audit.live("");
    }

    /** By the column itself where that is the key, so that its index serves. */
    private int oneByOne(String column, List<String> keys) {
        String sql = marking(column + " = ?");
        int marked = 0;
        for (String key : keys) {
            marked += jdbc.update(sql, marksAnd(key));
        }
        return marked;
    }

    /** No index is sure to serve a key as one text: the table is read once for all of them. */
    private int together(List<String> keys) {
        Dialect dialect = table.dialect();
        return jdbc.update(marking(dialect.among(audit.keyText(""))), marksAnd(dialect.many(keys)));
    }

    private Object[] marksAnd(Object last) {
        Object[] marks = audit.deleting(table, clock.instant());
        Object[] values = Arrays.copyOf(marks, marks.length + 1);
        values[marks.length] = last;
        return values;
    }
}
