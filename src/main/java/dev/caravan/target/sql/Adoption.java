package dev.caravan.target.sql;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Makes a table of records that another program has made one of ours; its rows stay. Stateless but for the database. */
public final class Adoption {
    /** The code of a table that cannot be taken over. */
    public static final String UNFIT = "TABLE_UNFIT";

    /** PostgreSQL's own names of types that have shorter ones. */
    private static final Map<String, String> LONG_NAMES = Map.of("timestamptz", "timestamp with time zone");

    /** A view, a rule or a generated column uses a column: what PostgreSQL calls not supported, or dependent. */
    private static final Set<String> USED = Set.of("0A000", "2BP01");

    private final JdbcTemplate jdbc;
    private final Dialect dialect;

    Adoption(DataSource dataSource, Dialect dialect) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.dialect = dialect;
    }

    /**
     * Gives columns that are there the types that ours have, where the database minds.
     *
     * @throws CaravanException TABLE_UNFIT naming the column whose values have no such type, or that something else uses
     */
    void adopt(TargetTable table, String schema, String plainName) {
        if (dialect.typesOf().isEmpty()) {
            return;
        }
        Map<String, String> present = new HashMap<>();
        RowCallbackHandler keep = row -> present.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
        jdbc.query(dialect.typesOf(), keep, schema, plainName);
        Map<String, String> wanted = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            wanted.put(column.name(), dialect.type(column.type()));
        }
        for (AuditColumn audit : table.audit().columns()) {
            wanted.put(audit.column(), dialect.auditType(audit));
        }
        wanted.entrySet().removeIf(each -> {
            String before = present.get(each.getKey().toLowerCase(Locale.ROOT));
            return before == null || before.equals(LONG_NAMES.getOrDefault(each.getValue(), each.getValue()));
        });
        if (!together(table, wanted)) {
            wanted.forEach((name, type) -> retype(table, plainName, name, type));
        }
    }

    /** Whether all columns could be given their types at once; otherwise nothing is changed. */
    private boolean together(TargetTable table, Map<String, String> types) {
        Map<String, String> quoted = new LinkedHashMap<>();
        types.forEach((name, type) -> quoted.put(dialect.quote(name), type));
        List<String> statements = dialect.retype(table.name(), quoted);
        return Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            boolean alone = connection.getAutoCommit();
            Savepoint before = alone ? null : connection.setSavepoint();
            try (var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                return true;
            } catch (SQLException refused) {
                if (before != null) {
                    connection.rollback(before);
                }
                return false;
            }
        }));
    }

    private void retype(TargetTable table, String plainName, String column, String type) {
        try {
            dialect.retype(table.name(), Map.of(dialect.quote(column), type)).forEach(jdbc::execute);
        } catch (DataAccessException refused) {
            if (DatabaseFaults.kind(refused) == FaultKind.TRANSIENT) {
                throw refused;
            }
            String why = usedBy(refused)
                    .map(user -> " cannot become " + type + " while something else uses it (" + user
                            + "); drop that and make it anew afterwards, or set another target-table")
                    .orElse(" holds values that are no " + type + "; rename the table, and it is made anew");
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    UNFIT,
                    "The table " + plainName + " cannot be taken over: its column " + column + why,
                    refused);
        }
    }

    /** What the database says of who uses a column; empty where that is not the trouble. */
    private static Optional<String> usedBy(DataAccessException refused) {
        boolean used = refused.getRootCause() instanceof SQLException cause && USED.contains(cause.getSQLState());
        Throwable cause = refused.getRootCause();
        return used && cause != null
                ? Optional.of(String.valueOf(cause.getMessage())
                        .replaceAll("\\s+", " ")
                        .trim())
                : Optional.empty();
    }
}
