package dev.caravan.target.sql.dialect;

import dev.caravan.model.ColumnType;
import dev.caravan.model.ManyTexts;
import dev.caravan.model.Utf8;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQLite. A column declared DECIMAL turns long decimals into rounded REAL values, and one declared TEXT compares
 * {@code '9.99' > 100} (<a href="https://sqlite.org/datatype3.html">datatypes in SQLite</a>): decimals get no declared
 * type, and each value the smallest storage that holds it exactly.
 */
public final class SqliteDialect implements Dialect {
    private static final int EXACT_DIGITS_OF_A_DOUBLE = 15;

    @Override
    public String table(String schema, String table) {
        return quote(table);
    }

    /** The driver's own table information is a compound SELECT, of which SQLite takes no more than 500 terms. */
    @Override
    public String columnsOf() {
        return "SELECT name FROM pragma_table_info(?2) WHERE ?1 IS NOT NULL";
    }

    @Override
    public String declared() {
        return "SELECT name, type FROM pragma_table_info(?2) WHERE ?1 IS NOT NULL ORDER BY cid";
    }

    @Override
    public String type(ColumnType type) {
        return switch (type.kind()) {
            case TEXT, JSON, DATE, TIMESTAMP, UUID -> "TEXT";
            case INTEGER, BOOLEAN -> "INTEGER";
            case DECIMAL -> "";
            case DOUBLE -> "REAL";
            case BINARY -> "BLOB";
        };
    }

    @Override
    public String auditType(AuditColumn column) {
        return switch (column) {
            case ID -> "TEXT NOT NULL PRIMARY KEY";
            case DELETED -> "INTEGER NOT NULL";
            case CREATED,
                    UPDATED,
                    HASH,
                    KEY_HASH,
                    VERSION,
                    JSON_RESPONSE,
                    SYNC_TIME,
                    VALID_FROM,
                    DELETED_AT,
                    ROW_HASH -> "TEXT";
        };
    }

    @Override
    public String no() {
        return "0";
    }

    @Override
    public @Nullable Object bind(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Long) {
            return value;
        }
        if (value instanceof BigDecimal number) {
            return decimal(number);
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof Instant time) {
            return IsoTimes.text(time);
        }
        if (value instanceof Utf8 text) {
            return text.bytes();
        }
        return value instanceof LocalDate date ? IsoTimes.text(date) : value;
    }

    /** The driver takes bytes, without a look at them, for a BLOB only. */
    @Override
    public String place(boolean utf8) {
        return utf8 ? "CAST(? AS TEXT)" : "?";
    }

    private static Object decimal(BigDecimal number) {
        if (number.scale() <= 0 && number.precision() - number.scale() <= 18) {
            return number.longValueExact();
        }
        if (number.precision() <= EXACT_DIGITS_OF_A_DOUBLE && Math.abs(number.scale()) < 300) {
            return number.doubleValue();
        }
        return number.toPlainString();
    }

    @Override
    public List<String> widen(String table, String column, ColumnType type) {
        return switch (type.kind()) {
            case DECIMAL -> withoutType(table, column);
            case TIMESTAMP ->
                List.of("UPDATE " + table + " SET " + column + " = " + column + " || '" + IsoTimes.MIDNIGHT
                        + "' WHERE length(" + column + ") = 10");
            case TEXT, INTEGER, DOUBLE, DATE, BOOLEAN, BINARY, JSON, UUID -> List.of();
        };
    }

    /** A column declared INTEGER would round a long decimal; SQLite alters no type, so another takes its place. */
    private List<String> withoutType(String table, String column) {
        String other = quote("_bridge_widened");
        return List.of(
                "ALTER TABLE " + table + " ADD COLUMN " + other,
                "UPDATE " + table + " SET " + other + " = " + column,
                "ALTER TABLE " + table + " DROP COLUMN " + column,
                "ALTER TABLE " + table + " RENAME COLUMN " + other + " TO " + column);
    }

    /** Only a type that rounds what another one held matters. */
    @Override
    public List<String> retyped(String table, String column, String type) {
        return type.isEmpty() ? withoutType(table, column) : List.of();
    }

    /** SQLite drops no column that an index, a trigger or a view names; a view may name it through another one. */
    @Override
    public String inTheWay(String table) {
        String plain =
                table.substring(1, table.length() - 1).replace("\"\"", "\"").replace("'", "''");
        return "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'view' OR type <> 'table'"
                + " AND lower(tbl_name) = lower('" + plain + "'))";
    }

    @Override
    public String keysIn(List<String> columns, int tuples) {
        String tuple = "(" + "?,".repeat(columns.size()).substring(0, columns.size() * 2 - 1) + ")";
        String all = (tuple + ",").repeat(tuples).substring(0, (tuple.length() + 1) * tuples - 1);
        return "(" + String.join(", ", columns) + ") IN (VALUES " + all + ")";
    }

    @Override
    public String createSeen(String name, String type) {
        return "CREATE TEMP TABLE IF NOT EXISTS " + name + " (_s_id " + type
                + " PRIMARY KEY, _s_raw INTEGER) WITHOUT ROWID";
    }

    @Override
    public String seen(String run) {
        return quote("seen_" + run);
    }

    @Override
    public String createSeenRefused(String name) {
        return "CREATE TEMP TABLE IF NOT EXISTS " + name + " (k TEXT PRIMARY KEY) WITHOUT ROWID";
    }

    @Override
    public String seenRefused(String run) {
        return quote("refused_" + run);
    }

    @Override
    public List<String> createArrivals(String name, String columns) {
        return List.of("CREATE TEMP TABLE IF NOT EXISTS " + name + " " + columns, "DELETE FROM " + name);
    }

    @Override
    public String among(String column) {
        return column + " IN (SELECT value FROM json_each(?))";
    }

    @Override
    public Object many(Collection<String> values) {
        return ManyTexts.json(values);
    }

    /** There is one writer at a time. */
    @Override
    public List<String> takeTurns(long family) {
        return List.of();
    }

    @Override
    public String arrivals(String run) {
        return quote("arrived_" + run);
    }

    @Override
    public List<String> beforeJoin() {
        return List.of();
    }

    @Override
    public String runsWithSeen() {
        return "";
    }

    @Override
    public boolean copies() {
        return false;
    }

    @Override
    public List<String> prepare(String schema) {
        return List.of();
    }
}
