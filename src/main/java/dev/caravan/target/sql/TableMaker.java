package dev.caravan.target.sql;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.schema.SchemaChange;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes, extends and indexes target tables. Safe for several threads. */
public final class TableMaker {
    private final JdbcTemplate jdbc;
    private final Dialect dialect;

    public TableMaker(DataSource dataSource, Dialect dialect) {
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
        if (!present.contains(AuditColumn.ID.column())) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "TABLE_NOT_OURS",
                    "The table " + plainName
                            + " exists and was not made by Caravan; set another target-table or table-prefix");
        }
        for (AuditColumn audit : AuditColumn.values()) {
            if (!present.contains(audit.column())) {
                jdbc.execute("ALTER TABLE " + table.name() + " ADD COLUMN " + audit.column() + " "
                        + dialect.auditType(audit) + (audit == AuditColumn.DELETED ? " DEFAULT " + dialect.no() : ""));
            }
        }
        for (Column column : table.columns()) {
            if (!present.contains(column.name().toLowerCase(Locale.ROOT))) {
                jdbc.execute("ALTER TABLE " + table.name() + " ADD COLUMN " + dialect.quote(column.name()) + " "
                        + dialect.type(column.type()));
            }
        }
        return false;
    }

    private String createSql(TargetTable table) {
        StringJoiner columns = new StringJoiner(", ", "CREATE TABLE " + table.name() + " (", ")");
        for (Column column : table.columns()) {
            columns.add((dialect.quote(column.name()) + " " + dialect.type(column.type())).trim());
        }
        for (AuditColumn audit : AuditColumn.values()) {
            columns.add(audit.column() + " " + dialect.auditType(audit));
        }
        return columns.toString();
    }

    /** Alters the columns that were widened. */
    public void widen(TargetTable table, List<SchemaChange> changes) {
        for (SchemaChange change : changes) {
            if (change.kind() == SchemaChange.Kind.WIDENED) {
                together(dialect.widen(table.name(), dialect.quote(change.column()), change.after()));
            }
        }
    }

    /** All of the statements or none. */
    private void together(List<String> statements) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            boolean alone = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                if (alone) {
                    connection.commit();
                }
                return true;
            } catch (SQLException failure) {
                if (alone) {
                    connection.rollback();
                }
                throw failure;
            } finally {
                connection.setAutoCommit(alone);
            }
        });
    }

    /** Adds the column for fields that no column explains. */
    public TargetTable addExtra(TargetTable table) {
        jdbc.execute("ALTER TABLE " + table.name() + " ADD COLUMN " + TargetTable.EXTRA + " TEXT");
        return table.withExtra();
    }

    /** Names of a table's columns in lower case; empty if there is no such table. */
    public Set<String> columns(String schema, String plainName) {
        Set<String> found = jdbc.execute((ConnectionCallback<Set<String>>) connection -> {
            Set<String> names = new HashSet<>();
            String within = dialect.table(schema, plainName).contains(".") ? schema : null;
            var metadata = connection.getMetaData();
            String escape = metadata.getSearchStringEscape();
            String pattern = within == null
                    ? plainName
                    : plainName.replace("_", escape + "_").replace("%", escape + "%");
            try (var columns = metadata.getColumns(null, within, pattern, null)) {
                while (columns.next()) {
                    if (plainName.equalsIgnoreCase(columns.getString("TABLE_NAME"))) {
                        names.add(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                    }
                }
            }
            return names;
        });
        return found == null ? Set.of() : found;
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
        int removed = 0;
        if (!tryUnique(table, plainName)) {
            removed = removeRepeated(table);
            jdbc.execute(uniqueSql(table, plainName));
        }
        jdbc.execute("CREATE INDEX IF NOT EXISTS " + indexName(plainName, "rowversion") + " ON " + table.name() + " ("
                + AuditColumn.VERSION.column() + ")");
        return removed;
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
        String stem = plainName.length() > 40
                ? plainName.substring(0, 30) + Integer.toHexString(plainName.hashCode())
                : plainName;
        return dialect.quote("_bridge_" + suffix + "_" + stem);
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
