package dev.caravan.target.sql.dialect;

import dev.caravan.model.ColumnType;
import dev.caravan.model.ManyTexts;
import dev.caravan.model.Utf8;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. Row versions compare as bytes, whatever the database's collation. */
public final class PostgresDialect implements Dialect {
    @Override
    public String table(String schema, String table) {
        return quote(schema) + "." + quote(table);
    }

    @Override
    public String columnsOf() {
        return "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?";
    }

    @Override
    public String declared() {
        return "SELECT a.attname, format_type(a.atttypid, a.atttypmod) || coalesce((SELECT ' COLLATE '"
                + " || quote_ident(s.nspname) || '.' || quote_ident(o.collname) FROM pg_collation o JOIN pg_namespace s"
                + " ON s.oid = o.collnamespace JOIN pg_type y ON y.oid = a.atttypid WHERE o.oid = a.attcollation"
                + " AND y.typcollation <> a.attcollation), '') FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?"
                + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
    }

    @Override
    public String type(ColumnType type) {
        return switch (type.kind()) {
            case TEXT, JSON -> "text";
            case INTEGER -> "bigint";
            case DECIMAL ->
                type.precision() == 0 ? "numeric" : "numeric(" + type.precision() + "," + type.scale() + ")";
            case DOUBLE -> "double precision";
            case DATE -> "date";
            case TIMESTAMP -> "timestamptz";
            case BOOLEAN -> "boolean";
            case BINARY -> "bytea";
            case UUID -> "uuid";
        };
    }

    @Override
    public String auditType(AuditColumn column) {
        return switch (column) {
            case ID -> "uuid NOT NULL PRIMARY KEY";
            case CREATED, UPDATED, SYNC_TIME, VALID_FROM, DELETED_AT -> "timestamptz";
            case HASH, KEY_HASH, JSON_RESPONSE, ROW_HASH -> "text";
            case VERSION -> "text COLLATE \"C\"";
            case DELETED -> "boolean NOT NULL";
        };
    }

    @Override
    public String no() {
        return "false";
    }

    @Override
    public @Nullable Object bind(@Nullable Object value) {
        if (value instanceof Utf8 text) {
            return text.toString();
        }
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }

    /** Times are rounded to microseconds by the driver, decimals to the digits of their column by the server. */
    @Override
    public Object kept(ColumnType type, Object value) {
        if (value instanceof Instant time) {
            long micros = (time.getNano() + 500L) / 1000;
            return Instant.ofEpochSecond(time.getEpochSecond(), micros * 1000);
        }
        if (value instanceof BigDecimal number && type.precision() > 0 && number.scale() > type.scale()) {
            return number.setScale(type.scale(), RoundingMode.HALF_UP);
        }
        return value;
    }

    @Override
    public List<String> widen(String table, String column, ColumnType type) {
        return List.of("ALTER TABLE " + table + " ALTER COLUMN " + column + " TYPE " + type(type));
    }

    @Override
    public String typesOf() {
        return "SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a JOIN pg_class c"
                + " ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?"
                + " AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped";
    }

    @Override
    public List<String> retype(String table, Map<String, String> types) {
        return inOne(
                table,
                types.entrySet().stream()
                        .map(each -> "ALTER COLUMN " + each.getKey() + " TYPE " + each.getValue()
                                + " USING NULLIF(CAST(" + each.getKey() + " AS text), '')::" + each.getValue())
                        .toList());
    }

    @Override
    public List<String> addColumns(String table, List<String> definitions) {
        return inOne(
                table,
                definitions.stream()
                        .map(definition -> "ADD COLUMN " + definition)
                        .toList());
    }

    /** So the table is locked, and written anew, only once. */
    private static List<String> inOne(String table, List<String> actions) {
        return actions.isEmpty() ? List.of() : List.of("ALTER TABLE " + table + " " + String.join(", ", actions));
    }

    @Override
    public List<String> retyped(String table, String column, String type) {
        return retype(table, Map.of(column, type));
    }

    @Override
    public String inTheWay(String table) {
        return "";
    }

    @Override
    public String keysIn(List<String> columns, int tuples) {
        String tuple = "(" + "?,".repeat(columns.size()).substring(0, columns.size() * 2 - 1) + ")";
        String all = (tuple + ",").repeat(tuples).substring(0, (tuple.length() + 1) * tuples - 1);
        return "(" + String.join(", ", columns) + ") IN (" + all + ")";
    }

    @Override
    public String createSeen(String name, String type) {
        return "CREATE UNLOGGED TABLE IF NOT EXISTS " + name + " (_s_id " + type + " PRIMARY KEY, _s_raw bigint)";
    }

    @Override
    public String seen(String run) {
        return "caravan." + quote("seen_" + run);
    }

    @Override
    public String createSeenRefused(String name) {
        return "CREATE UNLOGGED TABLE IF NOT EXISTS " + name + " (k text PRIMARY KEY)";
    }

    @Override
    public String seenRefused(String run) {
        return "caravan." + quote("refused_" + run);
    }

    @Override
    public List<String> createArrivals(String name, String columns) {
        return List.of(
                "CREATE TEMP TABLE IF NOT EXISTS " + name + " " + columns + " ON COMMIT DROP", "DELETE FROM " + name);
    }

    @Override
    public String among(String column) {
        return column + " = ANY(CAST(? AS text[]))";
    }

    @Override
    public Object many(Collection<String> values) {
        return ManyTexts.array(values);
    }

    /** However long the others take: theirs are transactions of ours. All other locks are somebody else's. */
    @Override
    public List<String> takeTurns(long family) {
        return List.of("SELECT set_config('caravan.lock_timeout', current_setting('lock_timeout'), true);"
                + " SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(" + family + ");"
                + " SELECT set_config('lock_timeout', current_setting('caravan.lock_timeout'), true)");
    }

    @Override
    public String arrivals(String run) {
        return quote("arrived_" + run);
    }

    /** Nobody has analysed the new table, so the planner would read all of the large one to join a few thousand rows. */
    @Override
    public List<String> beforeJoin() {
        return List.of("SET LOCAL enable_hashjoin = off", "SET LOCAL enable_mergejoin = off");
    }

    @Override
    public String runsWithSeen() {
        return "SELECT DISTINCT substr(tablename, strpos(tablename, '_') + 1) FROM pg_tables WHERE schemaname = 'caravan'"
                + " AND (tablename LIKE 'seen\\_%' OR tablename LIKE 'refused\\_%')";
    }

    @Override
    public boolean copies() {
        return true;
    }

    @Override
    public List<String> prepare(String schema) {
        return List.of("CREATE SCHEMA IF NOT EXISTS " + quote(schema));
    }
}
