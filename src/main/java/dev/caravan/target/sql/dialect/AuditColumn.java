package dev.caravan.target.sql.dialect;

/** The columns that target tables have besides the source's; which of them depends on the kind of source. */
public enum AuditColumn {
    ID("_bridge_id"),
    CREATED("_bridge_created_at"),
    UPDATED("_bridge_updated_at"),
    HASH("_bridge_hash"),
    KEY_HASH("_bridge_bk_hash"),
    VERSION("_bridge_rowversion"),
    DELETED("_bridge_deleted"),
    /** The record as it came. */
    JSON_RESPONSE("json_response"),
    /** When it was stored. */
    SYNC_TIME("sync_time"),
    /** When it was changed at the source. */
    VALID_FROM("valid_from"),
    /** When it was found gone from the source; null while it is there. */
    DELETED_AT("_deleted_at"),
    /** Data hash. */
    ROW_HASH("_row_hash");

    private final String column;

    AuditColumn(String column) {
        this.column = column;
    }

    /** Its name in the table. */
    public String column() {
        return column;
    }
}
