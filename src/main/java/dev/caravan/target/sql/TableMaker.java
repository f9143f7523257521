package dev.caravan.target.sql;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.schema.SafeNames;
import dev.caravan.schema.SchemaChange;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes, extends and indexes target tables. Safe for several threads. */
public final class TableMaker {
    private final DataSource source;
    private final JdbcTemplate jdbc;
    private final Dialect dialect;

    public TableMaker(DataSource dataSource, Dialect dialect) {
        this.source = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.dialect = dialect;
    }

    /**
     * Makes the table, or adds the columns that it lacks. Secondary indexes come later.
     *
     * @return whether it was made now
     * @throws CaravanException TABLE_NOT_OURS if a table of that name is there without our columns
     */
    public boolean ensure(TargetTable table, String schema, String plainName) {
        Set<String> present = columns(schema, plainName);
        if (present.isEmpty()) {
            dialect.prepare(schema).forEach(jdbc::execute);
            jdbc.execute(createSql(table));
            return true;
        }
        if (!present.contains(table.audit().mark().column()) || isHistory(table, present)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "TABLE_NOT_OURS",
                    "The table " + plainName
                            + " exists and was not made by Caravan; set another target-table or table-prefix");
        }
        if (isOthers(table, present)) {
            new Adoption(source, dialect).adopt(table, schema, plainName);
        }
        dialect.addColumns(table.name(), lacking(table, present)).forEach(jdbc::execute);
        return false;
    }

    private List<String> lacking(TargetTable table, Set<String> present) {
        List<String> lacking = new ArrayList<>();
        for (AuditColumn audit : table.audit().columns()) {
            if (!present.contains(audit.column())) {
                lacking.add(audit.column() + " " + dialect.auditType(audit)
                        + (audit == AuditColumn.DELETED ? " DEFAULT " + dialect.no() : ""));
            }
        }
        for (Column column : table.columns()) {
            if (!present.contains(column.name().toLowerCase(Locale.ROOT))) {
                lacking.add(dialect.quote(column.name()) + " " + dialect.type(column.type()));
            }
        }
        return lacking;
    }

    /** Whether it holds versions of another table's rows: it has hashes, and not what says when a row was written. */
    private static boolean isHistory(TargetTable table, Set<String> present) {
        return present.contains(table.audit().hash())
                && !present.contains(table.audit().touched().column());
    }

    /** Whether a table of records was made by another program: it keeps them, and no hashes. */
    private static boolean isOthers(TargetTable table, Set<String> present) {
        return table.audit().mark() == AuditColumn.JSON_RESPONSE && !present.contains(AuditColumn.ROW_HASH.column());
    }

    /** Whether several rows of a table that another program made have one key: it keeps versions of rows. */
    public boolean keepsVersions(TargetTable table, String schema, String plainName) {
        Set<String> present = columns(schema, plainName);
        boolean keyed =
                table.columns().keyNames().stream().allMatch(name -> present.contains(name.toLowerCase(Locale.ROOT)));
        return !present.isEmpty()
                && keyed
                && isOthers(table, present)
                && !jdbc.queryForList("SELECT 1 FROM " + table.name() + " GROUP BY "
                                + String.join(", ", table.keyColumns()) + " HAVING count(*) > 1 LIMIT 1")
                        .isEmpty();
    }

    private String createSql(TargetTable table) {
        StringJoiner columns = new StringJoiner(", ", "CREATE TABLE " + table.name() + " (", ")");
        inOrder(table).forEach(columns::add);
        if (!table.audit().loadsWithoutKey() && !table.columns().keyNames().isEmpty()) {
            columns.add("PRIMARY KEY (" + String.join(", ", table.keyColumns()) + ")");
        }
        return columns.toString();
    }

    /**
     * In a table of records, key and audit columns are first and the record is last: SQLite reads a long row from its
     * beginning up to the last column that is asked for, page by page.
     */
    private List<String> inOrder(TargetTable table) {
        Audit audit = table.audit();
        boolean records = !audit.loadsWithoutKey();
        List<String> first = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Column column : table.columns()) {
            boolean key = records && column.key();
            String definition = (dialect.quote(column.name()) + " " + dialect.type(column.type())).trim();
            (key ? first : others).add(key ? definition + " NOT NULL" : definition);
        }
        List<String> last = new ArrayList<>();
        for (AuditColumn column : audit.columns()) {
            boolean early = records && column != audit.mark();
            (early ? first : last).add(column.column() + " " + dialect.auditType(column));
        }
        first.addAll(others);
        first.addAll(last);
        return first;
    }

    /**
     * Alters the columns that were widened.
     *
     * @param changes by the names that the columns have in this table
     */
    public void widen(TargetTable table, List<SchemaChange> changes) {
        widen(table.name(), changes);
    }

    void widen(String table, List<SchemaChange> changes) {
        for (SchemaChange change : changes) {
            if (change.kind() == SchemaChange.Kind.WIDENED) {
                alter(table, dialect.widen(table, dialect.quote(change.column()), change.after()));
            }
        }
    }

    /** Alters a table, all of it or nothing. */
    void alter(String table, List<String> statements) {
        new Alteration(jdbc, dialect).of(table, statements);
    }

    /** Renames a table to {@code <name>_until_<n>}, without our indexes, so that another may take its name. */
    public void setAside(String schema, String plainName) {
        List<String> indexes = new ArrayList<>();
        List.of("key", "rowversion", "parent")
                .forEach(what -> indexes.add(SafeNames.about(plainName, "_bridge_" + what + "_")));
        setAside(schema, plainName, indexes);
    }

    void setAside(String schema, String plainName, List<String> indexes) {
        int number = 1;
        while (!columns(schema, SafeNames.beside(plainName, "_until_" + number)).isEmpty()) {
            number++;
        }
        indexes.forEach(index -> jdbc.execute("DROP INDEX IF EXISTS " + dialect.table(schema, index)));
        jdbc.execute("ALTER TABLE " + dialect.table(schema, plainName) + " RENAME TO "
                + dialect.quote(SafeNames.beside(plainName, "_until_" + number)));
    }

    /** Adds the column for fields that no column explains. */
    public TargetTable addExtra(TargetTable table) {
        jdbc.execute("ALTER TABLE " + table.name() + " ADD COLUMN " + TargetTable.EXTRA + " TEXT");
        return table.withExtra();
    }

    /** Names of a table's columns in lower case; empty if there is no such table. */
    public Set<String> columns(String schema, String plainName) {
        List<String> names = jdbc.queryForList(dialect.columnsOf(), String.class, schema, plainName);
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** Whether the table holds a row. */
    public boolean isEmpty(TargetTable table) {
        return jdbc.queryForList("SELECT 1 FROM " + table.name() + " LIMIT 1").isEmpty();
    }

    /**
     * Builds the indexes that a first load went without; rows whose key came twice are taken out first, but for the
     * first of them. To be called inside a transaction.
     *
     * @return how many rows were taken out
     */
    public int index(TargetTable table, String plainName) {
        if (!table.audit().loadsWithoutKey()) {
            List.of("modifiedon", "createdon").forEach(name -> index(table, plainName, name));
            return 0;
        }
        int removed = 0;
        if (!tryUnique(table, plainName)) {
            removed = removeRepeated(table);
            jdbc.execute(uniqueSql(table, plainName));
        }
        jdbc.execute("CREATE INDEX IF NOT EXISTS " + indexName(plainName, "rowversion") + " ON " + table.name() + " ("
                + AuditColumn.VERSION.column() + ")");
        return removed;
    }

    /** Lets records be found by the hash of their business key, where others wait for them. */
    public void indexKeyHash(TargetTable table, String plainName) {
        jdbc.execute("CREATE INDEX IF NOT EXISTS " + indexName(plainName, "parent") + " ON " + table.name() + " ("
                + AuditColumn.KEY_HASH.column() + ")");
    }

    /** Those among some business-key hashes whose rows are there and not deleted. */
    public Set<String> stored(TargetTable table, Collection<String> keyHashes) {
        String key = table.audit().keyText("");
        return new HashSet<>(jdbc.queryForList(
                "SELECT " + key + " FROM " + table.name() + " WHERE "
                        + table.audit().live("") + " AND " + dialect.among(key),
                String.class,
                dialect.many(keyHashes)));
    }

    /** Builds an index on one column, where the table has it and not the index. */
    public void index(TargetTable table, String plainName, String column) {
        int at = table.columns().indexOf(column);
        if (at >= 0) {
            String name = table.columns().get(at).name();
            jdbc.execute("CREATE INDEX IF NOT EXISTS " + indexName(plainName + "_" + name, "column") + " ON "
                    + table.name() + " (" + dialect.quote(name) + ")");
        }
    }

    private boolean tryUnique(TargetTable table, String plainName) {
        Boolean made = jdbc.execute((ConnectionCallback<Boolean>) connection -> unique(connection, table, plainName));
        return Boolean.TRUE.equals(made);
    }

    private boolean unique(Connection connection, TargetTable table, String plainName) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            statement.execute(uniqueSql(table, plainName));
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException repeated) {
            connection.rollback(before);
            if (isConstraint(repeated)) {
                return false;
            }
            throw repeated;
        }
    }

    private static boolean isConstraint(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.startsWith("23")
                || failure.getErrorCode() == 19
                || String.valueOf(failure.getMessage()).contains("UNIQUE constraint");
    }

    private String uniqueSql(TargetTable table, String plainName) {
        return "CREATE UNIQUE INDEX IF NOT EXISTS " + indexName(plainName, "key") + " ON " + table.name() + " ("
                + String.join(", ", table.keyColumns()) + ")";
    }

    /** Begins as no table does: PostgreSQL passes over IF NOT EXISTS in silence where a table has the name. */
    private String indexName(String plainName, String suffix) {
        return dialect.quote(SafeNames.about(plainName, "_bridge_" + suffix + "_"));
    }

    private int removeRepeated(TargetTable table) {
        String id = AuditColumn.ID.column();
        return jdbc.update("DELETE FROM " + table.name() + " WHERE " + id + " IN (SELECT " + id + " FROM (SELECT " + id
                + ", row_number() OVER (PARTITION BY " + String.join(", ", table.keyColumns()) + " ORDER BY " + id
                + ") AS place FROM " + table.name() + ") placed WHERE place > 1)");
    }

    /** The highest row version below another; null if there is none. */
    public @Nullable String versionBelow(TargetTable table, String version) throws DataAccessException {
        String column = AuditColumn.VERSION.column();
        return jdbc.queryForObject(
                "SELECT max(" + column + ") FROM " + table.name() + " WHERE " + column + " < ?", String.class, version);
    }
}
