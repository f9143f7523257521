package dev.caravan.target.sql.dialect;

/** The columns that each target table has besides the source's. */
public enum AuditColumn {
    ID("_bridge_id"),
    CREATED("_bridge_created_at"),
    UPDATED("_bridge_updated_at"),
    HASH("_bridge_hash"),
    KEY_HASH("_bridge_bk_hash"),
    VERSION("_bridge_rowversion"),
    DELETED("_bridge_deleted");

    private final String column;

    AuditColumn(String column) {
        this.column = column;
    }

    /** Its name in the table. */
    public String column() {
        return column;
    }
}
