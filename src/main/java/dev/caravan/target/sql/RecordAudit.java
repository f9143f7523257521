package dev.caravan.target.sql;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Rows under the source's own key, each with its record as it came. */
final class RecordAudit implements Audit {
    private static final List<AuditColumn> COLUMNS = List.of(
            AuditColumn.JSON_RESPONSE,
            AuditColumn.SYNC_TIME,
            AuditColumn.VALID_FROM,
            AuditColumn.DELETED_AT,
            AuditColumn.ROW_HASH);

    private final Dialect dialect;
    private final Columns columns;
    private final int changed;
    private final int version;

    RecordAudit(Dialect dialect, Columns columns) {
        this.dialect = dialect;
        this.columns = columns;
        this.changed = columns.indexOf("modifiedon");
        this.version = columns.indexOf("versionnumber");
    }

    @Override
    public List<AuditColumn> columns() {
        return COLUMNS;
    }

    @Override
    public List<AuditColumn> refreshed() {
        return COLUMNS;
    }

    @Override
    public List<AuditColumn> versioned() {
        return List.of(AuditColumn.JSON_RESPONSE, AuditColumn.ROW_HASH);
    }

    @Override
    public AuditColumn touched() {
        return AuditColumn.SYNC_TIME;
    }

    @Override
    public AuditColumn mark() {
        return AuditColumn.JSON_RESPONSE;
    }

    @Override
    public @Nullable Object value(AuditColumn column, Row row, String id, Object now) {
        return switch (column) {
            case JSON_RESPONSE -> dialect.bind(row.extra());
            case SYNC_TIME -> now;
            case VALID_FROM ->
                changed >= 0 && row.values()[changed] instanceof Instant instant ? dialect.bind(instant) : null;
            case DELETED_AT -> null;
            case ROW_HASH -> row.dataHash();
            case ID, CREATED, UPDATED, HASH, KEY_HASH, VERSION, DELETED ->
                throw new IllegalArgumentException(column + " is none of these tables'");
        };
    }

    @Override
    public @Nullable String same(AuditColumn column, Object now) {
        return switch (column) {
            case SYNC_TIME -> "'" + now + "'";
            case DELETED_AT -> "NULL";
            case JSON_RESPONSE, VALID_FROM, ROW_HASH, ID, CREATED, UPDATED, HASH, KEY_HASH, VERSION, DELETED -> null;
        };
    }

    @Override
    public List<String> foundBy() {
        return columns.keyNames().stream().map(dialect::quote).toList();
    }

    @Override
    public @Nullable Object[] finding(TargetTable table, Row row, String id) {
        return table.key(row);
    }

    @Override
    public @Nullable String extra() {
        return null;
    }

    @Override
    public String keyText(String alias) {
        StringJoiner text = new StringJoiner(" || '|' || ");
        columns.keyNames().forEach(name -> text.add("CAST(" + alias + dialect.quote(name) + " AS TEXT)"));
        return text.toString();
    }

    @Override
    public String identity(String alias) {
        return keyText(alias);
    }

    @Override
    public String identityType(Dialect dialect) {
        return dialect.type(ColumnType.of(ColumnType.Kind.TEXT));
    }

    @Override
    public String hash() {
        return AuditColumn.ROW_HASH.column();
    }

    @Override
    public String version() {
        if (version < 0) {
            return "NULL";
        }
        Column column = columns.get(version);
        return "CAST(" + dialect.quote(column.name()) + " AS TEXT)";
    }

    @Override
    public String deleted() {
        return AuditColumn.DELETED_AT.column() + " IS NOT NULL";
    }

    @Override
    public String live(String alias) {
        return alias + AuditColumn.DELETED_AT.column() + " IS NULL";
    }

    @Override
    public String deletion() {
        return AuditColumn.DELETED_AT.column() + " = ?, " + AuditColumn.SYNC_TIME.column() + " = ?";
    }

    @Override
    public Object[] deleting(TargetTable table, Instant now) {
        return new Object[] {table.time(now), table.time(now)};
    }

    @Override
    public boolean loadsWithoutKey() {
        return false;
    }
}
