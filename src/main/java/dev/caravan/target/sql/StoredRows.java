package dev.caravan.target.sql;

import dev.caravan.delta.Delta;
import dev.caravan.model.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Looks up what is stored of some rows, many keys at once. Safe for several threads. */
final class StoredRows {
    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final String sql;

    StoredRows(DataSource dataSource, TargetTable table) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.sql = table.lookUpSql();
    }

    /** What is stored, by business-key hash. */
    Map<String, Delta.Stored> find(List<Row> rows) {
        Map<String, Delta.Stored> found = new HashMap<>(rows.size() * 2);
        RowCallbackHandler keep = row -> found.put(
                String.valueOf(row.getString(1)),
                new Delta.Stored(row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5)));
        int width = table.keyColumns().size();
        for (int from = 0; from < rows.size(); from += TargetTable.KEYS_AT_ONCE) {
            @Nullable Object[] arguments = new @Nullable Object[width * TargetTable.KEYS_AT_ONCE];
            for (int i = 0; i < TargetTable.KEYS_AT_ONCE; i++) {
                @Nullable Object[] key = table.key(rows.get(Math.min(from + i, rows.size() - 1)));
                System.arraycopy(key, 0, arguments, i * width, width);
            }
            jdbc.query(sql, keep, arguments);
        }
        return found;
    }
}
