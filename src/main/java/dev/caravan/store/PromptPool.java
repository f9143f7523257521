package dev.caravan.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool whose connections may all be in use for a while, which is waited for, and whose database may be away, which is
 * said at once. HikariCP alone waits equally long for both; it names the failure of its last attempt to connect as the cause,
 * and none where all connections are lent. Safe for several threads.
 */
final class PromptPool extends DelegatingDataSource {
    /** How long the pool beneath waits before it says why. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** @param pool of HikariCP, with {@link #LOOK_EVERY} as its time-out */
    PromptPool(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return super.getConnection();
            } catch (SQLTransientConnectionException none) {
                if (none.getCause() != null || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw none;
                }
            }
        }
    }
}
