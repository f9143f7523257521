package dev.caravan.target.sql;

import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The statements of one table, made once a run. Immutable. */
public final class TargetTable {
    /** Column for fields that no column explains; it is there only once one was met. */
    static final String EXTRA = "_bridge_extra";

    /** Keys a look-up. */
    static final int KEYS_AT_ONCE = 250;

    private final Dialect dialect;
    private final String name;
    private final Columns columns;
    private final boolean extra;

    /**
     * @param name the table, ready for SQL
     * @param columns the mapped layout
     * @param extra whether the table has a column for fields that no column explains
     */
    public TargetTable(Dialect dialect, String name, Columns columns, boolean extra) {
        this.dialect = dialect;
        this.name = name;
        this.columns = columns;
        this.extra = extra;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Ready for SQL. */
    public String name() {
        return name;
    }

    public Columns columns() {
        return columns;
    }

    boolean hasExtra() {
        return extra;
    }

    TargetTable withExtra() {
        return new TargetTable(dialect, name, columns, true);
    }

    private List<String> written() {
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            names.add(dialect.quote(column.name()));
        }
        if (extra) {
            names.add(EXTRA);
        }
        return names;
    }

    String insertSql() {
        List<String> names = written();
        for (AuditColumn audit : AuditColumn.values()) {
            names.add(audit.column());
        }
        String marks = "?,".repeat(names.size());
        return "INSERT INTO " + name + " (" + String.join(", ", names) + ") VALUES ("
                + marks.substring(0, marks.length() - 1) + ")";
    }

    String updateSql() {
        StringJoiner set = new StringJoiner(", ");
        written().forEach(column -> set.add(column + " = ?"));
        for (AuditColumn audit : AuditColumn.values()) {
            if (audit != AuditColumn.ID && audit != AuditColumn.CREATED) {
                set.add(audit.column() + " = ?");
            }
        }
        return "UPDATE " + name + " SET " + set + " WHERE " + AuditColumn.ID.column() + " = ?";
    }

    String lookUpSql() {
        return "SELECT " + AuditColumn.KEY_HASH.column() + ", " + AuditColumn.ID.column() + ", "
                + AuditColumn.HASH.column() + ", " + AuditColumn.VERSION.column() + ", " + AuditColumn.DELETED.column()
                + " FROM " + name + " WHERE " + dialect.keysIn(keyColumns(), KEYS_AT_ONCE);
    }

    /** Quoted names of the columns that tell rows apart: the business key, or its hash where there is none. */
    List<String> keyColumns() {
        if (columns.keyNames().isEmpty()) {
            return List.of(AuditColumn.KEY_HASH.column());
        }
        return columns.keyNames().stream().map(dialect::quote).toList();
    }

    /** The values of {@link #keyColumns()} in a row. */
    @Nullable
    Object[] key(Row row) {
        int[] indexes = columns.keyIndexes();
        if (indexes.length == 0) {
            return new @Nullable Object[] {row.keyHash()};
        }
        @Nullable Object[] key = new @Nullable Object[indexes.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = dialect.bind(row.values()[indexes[i]]);
        }
        return key;
    }

    @Nullable
    Object[] insertValues(Row row, String id, Object now) {
        int size = columns.size();
        @Nullable Object[] values = new @Nullable Object[size + (extra ? 1 : 0) + 7];
        int at = bindColumns(row, values);
        values[at++] = id;
        values[at++] = now;
        values[at++] = now;
        values[at++] = row.dataHash();
        values[at++] = row.keyHash();
        values[at++] = row.rowVersion();
        values[at] = dialect.bind(false);
        return values;
    }

    @Nullable
    Object[] updateValues(Row row, String id, Object now) {
        @Nullable Object[] values = new @Nullable Object[columns.size() + (extra ? 1 : 0) + 6];
        int at = bindColumns(row, values);
        values[at++] = now;
        values[at++] = row.dataHash();
        values[at++] = row.keyHash();
        values[at++] = row.rowVersion();
        values[at++] = dialect.bind(false);
        values[at] = id;
        return values;
    }

    private int bindColumns(Row row, @Nullable Object[] into) {
        @Nullable Object[] from = row.values();
        int size = columns.size();
        for (int i = 0; i < size; i++) {
            into[i] = dialect.bind(from[i]);
        }
        if (extra) {
            into[size] = row.extra();
            return size + 1;
        }
        return size;
    }

    Object time(Instant instant) {
        Object bound = dialect.bind(instant);
        return bound == null ? instant : bound;
    }
}
