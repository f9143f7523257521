package dev.caravan.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * The transactions of a database. A connection that is gone has nothing left to roll back: what broke it is thrown, which
 * may pass, and not that it is closed. Safe for several threads.
 */
public final class Transactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;

    private final transient Database database;

    /** @param database whose connections they are on */
    public Transactions(Database database) {
        super(database.pool());
        this.database = database;
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        super.doCommit(status);
        database.committed();
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        if (!isGone(status)) {
            super.doRollback(status);
        }
    }

    private boolean isGone(DefaultTransactionStatus status) {
        JdbcTransactionObjectSupport transaction = (JdbcTransactionObjectSupport) status.getTransaction();
        Connection connection = transaction.getConnectionHolder().getConnection();
        try {
            return connection.isClosed();
        } catch (SQLException failed) {
            throw translateException("JDBC rollback", failed);
        }
    }
}
