package dev.caravan.target.sql;

import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements of one table, made once a run. Immutable. */
public final class TargetTable {
    /** Column for fields that no column explains; it is there only once one was met. */
    static final String EXTRA = "_bridge_extra";

    /** What a table that keeps records has besides the source's columns, in lower case. */
    public static final Set<String> RECORD_COLUMNS =
            Set.of("json_response", "sync_time", "valid_from", "_deleted_at", "_row_hash");

    /** Keys a look-up. */
    static final int KEYS_AT_ONCE = 250;

    private final Dialect dialect;
    private final String name;
    private final Columns columns;
    private final boolean extra;
    private final Audit audit;
    private final AuditColumn[] own;
    private final Set<String> kept;

    /**
     * A table whose rows have an identity of ours.
     *
     * @param name the table, ready for SQL
     * @param columns the mapped layout
     * @param extra whether the table has a column for fields that no column explains
     */
    public TargetTable(Dialect dialect, String name, Columns columns, boolean extra) {
        this(dialect, name, columns, extra, new BridgeAudit(dialect), Set.of());
    }

    private TargetTable(Dialect dialect, String name, Columns columns, boolean extra, Audit audit, Set<String> kept) {
        this.dialect = dialect;
        this.name = name;
        this.columns = columns;
        this.extra = extra;
        this.audit = audit;
        this.kept = Set.copyOf(kept);
        this.own = audit.columns().stream()
                .filter(column -> audit.same(column, "") == null)
                .toArray(AuditColumn[]::new);
    }

    /**
     * A table whose rows have the source's own key, and keep their records as they came.
     *
     * @param columns the mapped layout; its key tells rows apart
     */
    public static TargetTable ofRecords(Dialect dialect, String name, Columns columns) {
        return new TargetTable(dialect, name, columns, false, new RecordAudit(dialect, columns), Set.of());
    }

    /** The same, but a row that comes without a value for one of these columns leaves the one that is stored. */
    public TargetTable keeping(Set<String> names) {
        return new TargetTable(dialect, name, columns, extra, audit, names);
    }

    Audit audit() {
        return audit;
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

    /** Whether fields that no column explains have a place. */
    boolean hasExtra() {
        return extra || audit.extra() == null;
    }

    TargetTable withExtra() {
        return new TargetTable(dialect, name, columns, true, audit, kept);
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

    /** The statement for new rows. What is the same in all of them is said once, not bound for each. */
    String insertSql(Object now) {
        List<String> names = written();
        List<String> places = new ArrayList<>();
        names.forEach(column -> places.add(place(column)));
        for (AuditColumn column : audit.columns()) {
            names.add(column.column());
            String same = audit.same(column, now);
            places.add(same == null ? place(column.column()) : same);
        }
        return "INSERT INTO " + name + " (" + String.join(", ", names) + ") VALUES (" + String.join(", ", places) + ")";
    }

    String updateSql() {
        StringJoiner set = new StringJoiner(", ");
        assigned().forEach(column -> set.add(column + " = " + given(column, place(column), "")));
        return "UPDATE " + name + " SET " + set + " WHERE " + String.join(" = ? AND ", audit.foundBy()) + " = ?";
    }

    private String place(String column) {
        return dialect.place(column.equals(EXTRA) || column.equals(AuditColumn.JSON_RESPONSE.column()));
    }

    private String given(String column, String value, String alias) {
        boolean stays = kept.stream().anyMatch(each -> dialect.quote(each).equals(column));
        return stays ? "coalesce(" + value + ", " + alias + column + ")" : value;
    }

    private List<String> assigned() {
        List<String> names = written();
        audit.refreshed().forEach(column -> names.add(column.column()));
        return names;
    }

    /** How many new rows are copied, with the parameters of {@link #insertSql}; null where rows are not copied. */
    @Nullable
    Bulk insertBulk(Object now) {
        if (!dialect.copies()) {
            return null;
        }
        List<String> names = written();
        List<String> rest = new ArrayList<>();
        StringBuilder values = new StringBuilder();
        for (AuditColumn column : audit.columns()) {
            String same = audit.same(column, now);
            if (same == null) {
                names.add(column.column());
            } else {
                rest.add(column.column());
                values.append('\t').append(CopyText.ofLiteral(same));
            }
        }
        names.addAll(rest);
        String copy = "COPY " + name + " (" + String.join(", ", names) + ") FROM STDIN";
        return new Bulk(List.of(), copy, values.toString(), List.of());
    }

    /** How many changed rows are copied, with the parameters of {@link #updateSql}; null where rows are not copied. */
    @Nullable
    Bulk updateBulk() {
        if (!dialect.copies()) {
            return null;
        }
        List<String> assigned = assigned();
        List<String> names = new ArrayList<>(assigned);
        names.addAll(audit.foundBy());
        return beside(names, fields -> {
            StringJoiner set = new StringJoiner(", ");
            for (int i = 0; i < assigned.size(); i++) {
                set.add(assigned.get(i) + " = " + given(assigned.get(i), fields.get(i), "t."));
            }
            StringJoiner found = new StringJoiner(" AND ");
            for (int i = assigned.size(); i < names.size(); i++) {
                found.add("t." + names.get(i) + " = " + fields.get(i));
            }
            return "UPDATE " + name + " AS t SET " + set + " FROM _copied WHERE " + found;
        });
    }

    /** Into a table beside this one, whose columns have the types of some of these, and from there by a statement. */
    private Bulk beside(List<String> names, Function<List<String>, String> merge) {
        List<String> fields = new ArrayList<>();
        StringJoiner select = new StringJoiner(", ");
        for (int i = 0; i < names.size(); i++) {
            fields.add("_c" + i);
            select.add(names.get(i) + " AS _c" + i);
        }
        return new Bulk(
                List.of("CREATE TEMP TABLE _copied ON COMMIT DROP AS SELECT " + select + " FROM " + name
                        + " WITH NO DATA"),
                "COPY _copied FROM STDIN",
                "",
                List.of(merge.apply(fields), "DROP TABLE _copied"));
    }

    /** Quoted names of the columns that tell rows apart: the business key, or its hash where there is none. */
    List<String> keyColumns() {
        if (columns.keyNames().isEmpty()) {
            return List.of(AuditColumn.KEY_HASH.column());
        }
        return columns.keyNames().stream().map(dialect::quote).toList();
    }

    /** Declared types of {@link #keyColumns()}. */
    List<String> keyTypes() {
        if (columns.keyNames().isEmpty()) {
            return List.of("text");
        }
        List<String> types = new ArrayList<>();
        for (int index : columns.keyIndexes()) {
            types.add(dialect.type(columns.get(index).type()));
        }
        return types;
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

    /** The parameters of {@link #insertSql}. */
    @Nullable
    Object[] insertValues(Row row, String id, Object now) {
        @Nullable Object[] values = new @Nullable Object[columns.size() + (extra ? 1 : 0) + own.length];
        int at = bindColumns(row, values);
        for (int i = 0; i < own.length; i++) {
            values[at + i] = audit.value(own[i], row, id, now);
        }
        return values;
    }

    @Nullable
    Object[] updateValues(Row row, String id, Object now) {
        List<AuditColumn> own = audit.refreshed();
        @Nullable Object[] finding = audit.finding(this, row, id);
        int written = columns.size() + (extra ? 1 : 0) + own.size();
        @Nullable Object[] values = new @Nullable Object[written + finding.length];
        int at = bindColumns(row, values);
        for (int i = 0; i < own.size(); i++) {
            values[at + i] = audit.value(own.get(i), row, id, now);
        }
        System.arraycopy(finding, 0, values, written, finding.length);
        return values;
    }

    private int bindColumns(Row row, @Nullable Object[] into) {
        @Nullable Object[] from = row.values();
        int size = columns.size();
        for (int i = 0; i < size; i++) {
            into[i] = dialect.bind(from[i]);
        }
        if (extra) {
            into[size] = dialect.bind(row.extra());
            return size + 1;
        }
        return size;
    }

    Object time(Instant instant) {
        Object bound = dialect.bind(instant);
        return bound == null ? instant : bound;
    }
}
