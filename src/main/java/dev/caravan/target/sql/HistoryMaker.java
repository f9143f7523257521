package dev.caravan.target.sql;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.schema.SafeNames;
import dev.caravan.schema.SchemaChange;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes and extends the tables that hold versions of rows, one beside each table that keeps them. They have the columns of
 * that table, whatever made them, and no rules but one: a row has one open version. Safe for several threads.
 */
public final class HistoryMaker {
    private static final String FROM = "valid_from";
    private static final String TO = "valid_to";
    /** Where the source has a column of its own of such a name. */
    private static final String OTHER = "_bridge_";

    private final DataSource source;
    private final JdbcTemplate jdbc;
    private final Dialect dialect;
    private final TableMaker maker;

    public HistoryMaker(DataSource dataSource, Dialect dialect, TableMaker maker) {
        this.source = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.dialect = dialect;
        this.maker = maker;
    }

    /** A column as the database knows it. */
    private record Declared(String name, String type) {
        String folded() {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    /** The name of the table that holds the versions of a table's rows. */
    public static String name(String table) {
        return SafeNames.beside(table, "_history");
    }

    /**
     * Makes the table, or gives it what it lacks. To be called inside a transaction, once the table of the rows is there.
     *
     * @throws CaravanException TABLE_NOT_OURS if a table of that name is there that holds something else
     */
    public RowVersions ensure(TargetTable table, String schema, String plainName) {
        String plain = name(plainName);
        String history = dialect.table(schema, plain);
        List<Declared> columns = versioned(table, schema, plainName);
        List<Declared> present = declared(schema, plain);
        String prefix = prefix(columns);
        if (present.isEmpty()) {
            create(table, history, plain, columns, prefix);
        } else {
            requireOurs(table, plainName, plain, present);
            extend(history, columns, present, prefix);
        }
        List<String> names =
                columns.stream().map(column -> dialect.quote(column.name())).toList();
        return new RowVersions(source, table, history, names, prefix + FROM, prefix + TO);
    }

    private List<Declared> declared(String schema, String plainName) {
        return jdbc.query(
                dialect.declared(),
                (row, number) -> new Declared(row.getString(1), row.getString(2)),
                schema,
                plainName);
    }

    /** The columns of a table whose values make a version: all but those that only say when it was written. */
    private List<Declared> versioned(TargetTable table, String schema, String plainName) {
        Set<String> left = new HashSet<>();
        table.audit().columns().forEach(column -> left.add(column.column()));
        table.audit().versioned().forEach(column -> left.remove(column.column()));
        return declared(schema, plainName).stream()
                .filter(column -> !left.contains(column.folded()))
                .toList();
    }

    private static String prefix(List<Declared> columns) {
        boolean taken = columns.stream()
                .anyMatch(column ->
                        column.folded().equals(FROM) || column.folded().equals(TO));
        return taken ? OTHER : "";
    }

    private void create(TargetTable table, String history, String plain, List<Declared> columns, String prefix) {
        StringJoiner all = new StringJoiner(", ", "CREATE TABLE " + history + " (", ")");
        columns.forEach(column -> all.add((dialect.quote(column.name()) + " " + column.type()).trim()));
        String time = dialect.auditType(AuditColumn.UPDATED);
        all.add(prefix + FROM + " " + time + " NOT NULL").add(prefix + TO + " " + time);
        jdbc.execute(all.toString());
        String row = String.join(", ", table.audit().foundBy());
        jdbc.execute("CREATE UNIQUE INDEX " + index(plain, "open") + " ON " + history + " (" + row + ") WHERE " + prefix
                + TO + " IS NULL");
        jdbc.execute("CREATE INDEX " + index(plain, "versions") + " ON " + history + " (" + row + ", " + prefix + FROM
                + ")");
    }

    private String index(String plain, String what) {
        return dialect.quote(SafeNames.about(plain, "_bridge_" + what + "_"));
    }

    private static Set<String> names(List<Declared> columns) {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(column.folded()));
        return names;
    }

    private static boolean isOurs(TargetTable table, List<Declared> present) {
        Set<String> names = names(present);
        Audit audit = table.audit();
        return audit.versioned().stream().allMatch(column -> names.contains(column.column()))
                && (names.contains(TO) || names.contains(OTHER + TO))
                && !names.contains(audit.touched().column());
    }

    private static void requireOurs(TargetTable table, String plainName, String plain, List<Declared> present) {
        if (!isOurs(table, present)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "TABLE_NOT_OURS",
                    "The table " + plain + " exists and holds no versions of the rows of " + plainName
                            + ", which history = true needs it for; rename it, or set another target-table");
        }
    }

    private void extend(String history, List<Declared> columns, List<Declared> present, String prefix) {
        Map<String, String> types = new HashMap<>();
        present.forEach(column -> types.put(column.folded(), column.type()));
        if (!types.containsKey(prefix + TO)) {
            for (String name : List.of(FROM, TO)) {
                jdbc.execute("ALTER TABLE " + history + " RENAME COLUMN " + name + " TO " + OTHER + name);
                types.remove(name);
            }
        }
        for (Declared column : columns) {
            String type = types.get(column.folded());
            String name = dialect.quote(column.name());
            if (type == null) {
                jdbc.execute(("ALTER TABLE " + history + " ADD COLUMN " + name + " " + column.type()).trim());
            } else if (!type.equals(column.type())) {
                maker.alter(history, dialect.retyped(history, name, column.type()));
            }
        }
    }

    /** Follows the columns of a table that were widened, where it keeps versions. */
    public void widen(String schema, String plainName, List<SchemaChange> changes) {
        maker.widen(dialect.table(schema, name(plainName)), changes);
    }

    /** Puts the versions of a table that is put aside under another name too; does nothing where there are none. */
    public void setAside(TargetTable table, String schema, String plainName) {
        String plain = name(plainName);
        List<Declared> present = declared(schema, plain);
        if (!present.isEmpty() && isOurs(table, present)) {
            List<String> indexes = new ArrayList<>();
            List.of("open", "versions").forEach(what -> indexes.add(SafeNames.about(plain, "_bridge_" + what + "_")));
            maker.setAside(schema, plain, indexes);
        }
    }
}
