package dev.caravan.target.sql;

import dev.caravan.delta.Verdict;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import dev.caravan.target.sql.dialect.AuditColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** What a table holds of some rows, value by value. Used by one thread at a time, inside its transaction. */
public final class StoredRows {
    private static final int COLUMNS_BEFORE = 5;

    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final Audit audit;

    StoredRows(DataSource dataSource, TargetTable table) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.audit = table.audit();
    }

    /**
     * What is stored of rows, by their key hash.
     *
     * @param hash the data hash of values in the target's layout
     * @param whole the same with columns that may not be read now, as rows have it from when they could be
     * @param recordHash the data hash that a kept record gives; empty for none
     */
    public Map<String, Verdict.Held> of(
            List<Row> rows,
            Function<@Nullable Object[], String> hash,
            Function<@Nullable Object[], String> whole,
            Function<String, Optional<String>> recordHash) {
        Map<String, Verdict.Held> found = new HashMap<>();
        RowCallbackHandler keep = row -> found.put(row.getString(1), held(row, hash, whole, recordHash));
        for (int from = 0; from < rows.size(); from += TargetTable.KEYS_AT_ONCE) {
            List<Row> some = rows.subList(from, Math.min(rows.size(), from + TargetTable.KEYS_AT_ONCE));
            jdbc.query(select(some.size()), keep, keys(some));
        }
        return found;
    }

    private Verdict.Held held(
            ResultSet row,
            Function<@Nullable Object[], String> hash,
            Function<@Nullable Object[], String> whole,
            Function<String, Optional<String>> recordHash)
            throws SQLException {
        @Nullable Object @Nullable [] values = StoredValues.read(row, COLUMNS_BEFORE + 1, table.columns());
        String record = row.getString(COLUMNS_BEFORE);
        String now = values == null ? "" : hash.apply(values);
        String stored = row.getString(2);
        boolean before =
                values != null && !now.equals(stored) && whole.apply(values).equals(stored);
        return new Verdict.Held(
                now,
                before ? now : stored,
                row.getString(3),
                row.getBoolean(4),
                record == null
                        ? keepsRecords() ? "" : null
                        : recordHash.apply(record).orElse(null));
    }

    private String select(int rows) {
        StringJoiner columns = new StringJoiner(", ");
        columns.add(audit.keyText("t.")).add(audit.hash()).add(audit.version()).add(audit.deleted());
        columns.add(keepsRecords() ? AuditColumn.JSON_RESPONSE.column() : "NULL");
        table.columns().forEach(column -> columns.add(table.dialect().quote(column.name())));
        return "SELECT " + columns + " FROM " + table.name() + " t WHERE " + keyed(rows);
    }

    private boolean keepsRecords() {
        return audit.columns().contains(AuditColumn.JSON_RESPONSE);
    }

    private String keyed(int rows) {
        return table.dialect().keysIn(table.keyColumns(), rows);
    }

    private @Nullable Object[] keys(List<Row> rows) {
        List<@Nullable Object> keys = new ArrayList<>();
        rows.forEach(row -> keys.addAll(Arrays.asList(table.key(row))));
        return keys.toArray();
    }

    /** The values of a row as they are once the table holds them. */
    public @Nullable Object[] kept(Row row) {
        Columns columns = table.columns();
        @Nullable Object[] values = row.values().clone();
        for (int i = 0; i < columns.size(); i++) {
            Object value = values[i];
            if (value != null) {
                values[i] = table.dialect().kept(columns.get(i).type(), value);
            }
        }
        return values;
    }

    /** Takes the stored hashes of rows away, so that they are no longer held for what the source has. */
    public void doubt(List<Row> rows) {
        for (int from = 0; from < rows.size(); from += TargetTable.KEYS_AT_ONCE) {
            List<Row> some = rows.subList(from, Math.min(rows.size(), from + TargetTable.KEYS_AT_ONCE));
            jdbc.update(
                    "UPDATE " + table.name() + " SET " + audit.hash() + " = '' WHERE " + keyed(some.size()),
                    keys(some));
        }
    }

    /** Those of some keys, each as one text, that are keys of live rows. */
    public Set<String> live(List<String> keys) {
        Set<String> live = new HashSet<>();
        List<String> columns = table.keyColumns().size() == 1 ? table.keyColumns() : List.of(audit.keyText(""));
        for (int from = 0; from < keys.size(); from += TargetTable.KEYS_AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + TargetTable.KEYS_AT_ONCE));
            live.addAll(jdbc.queryForList(
                    "SELECT " + audit.keyText("") + " FROM " + table.name() + " WHERE "
                            + table.dialect().keysIn(columns, some.size()) + " AND " + audit.live(""),
                    String.class,
                    some.toArray()));
        }
        return live;
    }

    /** How many keys are those of several live rows. */
    public long duplicates() {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM (SELECT 1 FROM " + table.name() + " WHERE " + audit.live("") + " GROUP BY "
                        + String.join(", ", table.keyColumns()) + " HAVING count(*) > 1) several",
                Long.class);
        return count == null ? 0 : count;
    }
}
