package dev.caravan.target.sql;

import dev.caravan.delta.Delta;
import dev.caravan.model.Row;
import dev.caravan.target.RawKey;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Keys, hashes and versions of the rows of one transaction, in a table beside the target: the database compares them in
 * one statement and answers only the rows that are not as they are stored. The same keys are then noted as seen in the
 * run. Used by one thread at a time, inside its transaction.
 */
final class Arrivals {
    /** Columns before those of the key. */
    private static final int OWN = 5;

    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final String name;
    private final String seen;
    private final boolean byVersion;
    /** Whether most rows of the transaction before were as they were stored: then looking each up is less work than a join. */
    private boolean mostlySame;
    /** Whether all of them were: then one join may be enough. */
    private boolean allSame;

    private boolean noted;

    /**
     * @param byVersion whether a row whose version moved is another one though its hash is the same
     * @param same whether most rows may be expected to be as they are stored
     */
    Arrivals(DataSource dataSource, TargetTable table, String run, boolean byVersion, boolean same) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.name = table.dialect().arrivals(run);
        this.seen = table.dialect().seen(run);
        this.byVersion = byVersion;
        this.mostlySame = same;
        this.allSame = same;
    }

    /**
     * A row that is not stored as it came, or that came before in this run.
     *
     * @param stored null where nothing is stored under its key
     * @param seen its raw key when it came before in this run; null if it did not
     */
    record Found(Delta.@Nullable Stored stored, @Nullable Long seen) {}

    /** Compares rows with what is stored; answers those that are not as they are stored, by their place in the list. */
    Map<Integer, Found> differing(List<Row> rows) {
        boolean copies = table.dialect().copies();
        List<Integer> places = mostlySame && !copies ? notUnchanged(rows) : all(rows);
        Map<Integer, Found> found = new HashMap<>();
        noted = places.isEmpty();
        if (!noted) {
            fill(rows, places);
            table.dialect().beforeJoin().forEach(jdbc::execute);
            noted = copies && allSame && areAllNoted(rows.size());
        }
        if (!noted) {
            RowCallbackHandler keep = row -> found.put(row.getInt(1), found(row));
            jdbc.query(differingSql(), keep);
        }
        mostlySame = 2 * found.size() <= rows.size();
        allSame = found.isEmpty();
        return found;
    }

    /** Notes the rows as seen, in one join, if each of them is stored as it came and none came before; else none of them. */
    private boolean areAllNoted(int rows) {
        return Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            Savepoint before = connection.setSavepoint();
            try (Statement note = connection.createStatement()) {
                boolean all = note.executeUpdate(noteSql(isUnchanged())) == rows;
                if (!all) {
                    connection.rollback(before);
                }
                connection.releaseSavepoint(before);
                return all;
            }
        }));
    }

    private String isUnchanged() {
        Audit audit = table.audit();
        return "(" + audit.live("t.") + ") AND " + audit.hash() + " IS NOT DISTINCT FROM _a_hash"
                + (byVersion ? " AND " + audit.version() + " IS NOT DISTINCT FROM _a_version" : "");
    }

    /** Notes rows that are stored as seen, those that a condition names. */
    private String noteSql(String condition) {
        return "INSERT INTO " + seen + " (_s_id, _s_raw) SELECT "
                + table.audit().identity("t.") + ", _a_raw FROM " + stored() + " WHERE " + condition
                + " ON CONFLICT (_s_id) DO NOTHING";
    }

    private static List<Integer> all(List<Row> rows) {
        return IntStream.range(0, rows.size()).boxed().toList();
    }

    /** Notes the rows that are stored as they came as seen, each by a look-up of its key; answers the places of the others. */
    private List<Integer> notUnchanged(List<Row> rows) {
        int[] noted = jdbc.batchUpdate(noteUnchangedSql(), new RowValues(rows.size()) {
            @Override
            @Nullable
            Object[] of(int place) {
                return unchangedValues(rows.get(place));
            }
        });
        return IntStream.range(0, rows.size())
                .filter(place -> noted[place] == 0)
                .boxed()
                .toList();
    }

    private @Nullable Object[] unchangedValues(Row row) {
        @Nullable Object[] key = table.key(row);
        @Nullable Object[] values = new @Nullable Object[key.length + (byVersion ? 4 : 3)];
        values[0] = RawKey.of(row);
        System.arraycopy(key, 0, values, 1, key.length);
        values[key.length + 1] = row.keyHash();
        values[key.length + 2] = row.dataHash();
        if (byVersion) {
            values[key.length + 3] = row.rowVersion();
        }
        return values;
    }

    private String noteUnchangedSql() {
        Audit audit = table.audit();
        String keys = table.keyColumns().stream()
                .map(column -> "t." + column + " = ? AND ")
                .collect(Collectors.joining());
        return "INSERT INTO " + seen + " (_s_id, _s_raw) SELECT " + audit.identity("t.") + ", ? FROM " + table.name()
                + " t WHERE " + keys + audit.keyText("t.") + " = ? AND " + audit.hash() + " IS NOT DISTINCT FROM ?"
                + (byVersion ? " AND " + audit.version() + " IS NOT DISTINCT FROM ?" : "") + " AND (" + audit.live("t.")
                + ") ON CONFLICT (_s_id) DO NOTHING";
    }

    private void fill(List<Row> rows, List<Integer> places) {
        create();
        if (table.dialect().copies()) {
            Bulk bulk = new Bulk(List.of(), "COPY " + name + " FROM STDIN", "", List.of());
            List<@Nullable Object[]> arrived = new ArrayList<>(places.size());
            places.forEach(place -> arrived.add(values(place, rows.get(place))));
            jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                bulk.write(connection, arrived);
                return true;
            });
            return;
        }
        String marks = "?, ".repeat(OWN - 1 + table.keyColumns().size()) + "?";
        jdbc.batchUpdate("INSERT INTO " + name + " VALUES (" + marks + ")", new RowValues(places.size()) {
            @Override
            @Nullable
            Object[] of(int at) {
                int place = places.get(at);
                return values(place, rows.get(place));
            }
        });
    }

    /** Binds values row by row, made when their turn comes. */
    private abstract static class RowValues implements BatchPreparedStatementSetter {
        private final int size;

        RowValues(int size) {
            this.size = size;
        }

        abstract @Nullable Object[] of(int place);

        @Override
        public void setValues(PreparedStatement statement, int place) throws SQLException {
            @Nullable Object[] values = of(place);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        }

        @Override
        public int getBatchSize() {
            return size;
        }
    }

    private @Nullable Object[] values(int place, Row row) {
        @Nullable Object[] key = table.key(row);
        @Nullable Object[] values = new @Nullable Object[OWN + key.length];
        values[0] = place;
        values[1] = row.dataHash();
        values[2] = row.rowVersion();
        values[3] = RawKey.of(row);
        values[4] = row.keyHash();
        System.arraycopy(key, 0, values, OWN, key.length);
        return values;
    }

    private void create() {
        Dialect dialect = table.dialect();
        StringJoiner columns = new StringJoiner(
                ", ", "(_a_n integer, _a_hash text, _a_version text, _a_raw bigint, _a_bk text, ", ")");
        List<String> types = table.keyTypes();
        for (int i = 0; i < types.size(); i++) {
            columns.add("_a_k" + i + " " + types.get(i));
        }
        dialect.createArrivals(name, columns.toString()).forEach(jdbc::execute);
    }

    /** By the columns of the key, which are indexed, and by its hash: a mapping may give two keys of the source one value. */
    private String onKeys() {
        StringJoiner keys = new StringJoiner(" AND ");
        List<String> columns = table.keyColumns();
        for (int i = 0; i < columns.size(); i++) {
            keys.add("t." + columns.get(i) + " = _a_k" + i);
        }
        return keys.add(table.audit().keyText("t.") + " = _a_bk").toString();
    }

    private String differingSql() {
        Audit audit = table.audit();
        String id = audit.columns().contains(AuditColumn.ID) ? AuditColumn.ID.column() : audit.keyText("t.");
        return "SELECT _a_n, " + id + ", " + audit.hash() + ", " + audit.version() + ", " + audit.deleted()
                + ", _s_raw FROM " + name + " a LEFT JOIN " + table.name() + " t ON " + onKeys() + " LEFT JOIN " + seen
                + " s ON s._s_id = " + audit.identity("t.") + " WHERE " + id
                + " IS NULL OR s._s_id IS NOT NULL OR NOT ("
                + audit.live("t.") + ") OR " + audit.hash() + " IS DISTINCT FROM _a_hash"
                + (byVersion ? " OR " + audit.version() + " IS DISTINCT FROM _a_version" : "");
    }

    private static Found found(ResultSet row) throws SQLException {
        String id = row.getString(2);
        long raw = row.getLong(6);
        Long seen = row.wasNull() ? null : raw;
        return new Found(
                id == null ? null : new Delta.Stored(id, row.getString(3), row.getString(4), row.getBoolean(5)), seen);
    }

    /**
     * Notes the rows of this transaction, which are stored by now, as seen, but for those that were unchanged and are noted.
     *
     * @throws DataAccessException if the database fails
     */
    void note() {
        if (noted) {
            return;
        }
        jdbc.update(noteSql("true"));
    }

    /** The rows of this transaction joined with the table, called t, ready for FROM. */
    String stored() {
        return name + " a JOIN " + table.name() + " t ON " + onKeys();
    }

    void drop() {
        jdbc.execute("DROP TABLE IF EXISTS " + name);
    }
}
