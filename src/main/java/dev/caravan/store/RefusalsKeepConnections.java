package dev.caravan.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * A connection stays good where PostgreSQL says that it does not support something (SQLSTATE 0A000, which also stands for
 * "a view uses this column"): HikariCP would close it in the middle of its transaction. Stateless.
 */
final class RefusalsKeepConnections implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException refusal) {
        return "0A000".equals(refusal.getSQLState()) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
    }
}
