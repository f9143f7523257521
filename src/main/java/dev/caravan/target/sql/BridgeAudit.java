package dev.caravan.target.sql;

import dev.caravan.model.ColumnType;
import dev.caravan.model.Row;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under an identity of ours, with hashes and times of ours. */
final class BridgeAudit implements Audit {
    private static final List<AuditColumn> COLUMNS = List.of(
            AuditColumn.ID,
            AuditColumn.CREATED,
            AuditColumn.UPDATED,
            AuditColumn.HASH,
            AuditColumn.KEY_HASH,
            AuditColumn.VERSION,
            AuditColumn.DELETED);
    private static final List<AuditColumn> REFRESHED = COLUMNS.subList(2, COLUMNS.size());

    private final Dialect dialect;

    BridgeAudit(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public List<AuditColumn> columns() {
        return COLUMNS;
    }

    @Override
    public List<AuditColumn> refreshed() {
        return REFRESHED;
    }

    @Override
    public List<AuditColumn> versioned() {
        return List.of(AuditColumn.ID, AuditColumn.HASH, AuditColumn.KEY_HASH, AuditColumn.VERSION);
    }

    @Override
    public AuditColumn touched() {
        return AuditColumn.UPDATED;
    }

    @Override
    public AuditColumn mark() {
        return AuditColumn.ID;
    }

    @Override
    public @Nullable Object value(AuditColumn column, Row row, String id, Object now) {
        return switch (column) {
            case ID -> id;
            case CREATED, UPDATED -> now;
            case HASH -> row.dataHash();
            case KEY_HASH -> row.keyHash();
            case VERSION -> row.rowVersion();
            case DELETED -> dialect.bind(false);
            case JSON_RESPONSE, SYNC_TIME, VALID_FROM, DELETED_AT, ROW_HASH ->
                throw new IllegalArgumentException(column + " is none of these tables'");
        };
    }

    @Override
    public @Nullable String same(AuditColumn column, Object now) {
        return switch (column) {
            case CREATED, UPDATED -> "'" + now + "'";
            case DELETED -> dialect.no();
            case ID, HASH, KEY_HASH, VERSION, JSON_RESPONSE, SYNC_TIME, VALID_FROM, DELETED_AT, ROW_HASH -> null;
        };
    }

    @Override
    public List<String> foundBy() {
        return List.of(AuditColumn.ID.column());
    }

    @Override
    public @Nullable Object[] finding(TargetTable table, Row row, String id) {
        return new @Nullable Object[] {id};
    }

    @Override
    public String extra() {
        return TargetTable.EXTRA;
    }

    @Override
    public String keyText(String alias) {
        return alias + AuditColumn.KEY_HASH.column();
    }

    @Override
    public String identity(String alias) {
        return alias + AuditColumn.ID.column();
    }

    @Override
    public String identityType(Dialect dialect) {
        return dialect.type(ColumnType.of(ColumnType.Kind.UUID));
    }

    @Override
    public String hash() {
        return AuditColumn.HASH.column();
    }

    @Override
    public String version() {
        return AuditColumn.VERSION.column();
    }

    @Override
    public String deleted() {
        return AuditColumn.DELETED.column();
    }

    @Override
    public String live(String alias) {
        return alias + AuditColumn.DELETED.column() + " = " + dialect.no();
    }

    @Override
    public String deletion() {
        return AuditColumn.DELETED.column() + " = ?, " + AuditColumn.UPDATED.column() + " = ?";
    }

    @Override
    public Object[] deleting(TargetTable table, Instant now) {
        Object yes = dialect.bind(true);
        return new Object[] {yes == null ? true : yes, table.time(now)};
    }

    @Override
    public boolean loadsWithoutKey() {
        return true;
    }
}
