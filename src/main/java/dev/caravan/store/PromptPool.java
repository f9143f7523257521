package dev.caravan.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool whose connections may all be in use for a while, which is waited for, and whose database may be away, which is
 * said at once. HikariCP alone waits equally long for both; it names the failure of its last attempt to connect as the cause,
 * and none where all connections are lent. Those who ask right after such a failure get the same answer without waiting for it
 * anew. Safe for several threads.
 */
final class PromptPool extends DelegatingDataSource {
    /** How long the pool beneath waits before it says why. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Shorter than any wait before another try. */
    private static final Duration KNOWN_FOR = Duration.ofMillis(900);

    private final AtomicReference<@Nullable Away> away = new AtomicReference<>();

    /** That the database could not be reached, and when that was known. */
    private record Away(SQLException why, long nanos) {}

    /** @param pool of HikariCP, with {@link #LOOK_EVERY} as its time-out */
    PromptPool(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        refuseWhileAway();
        long begun = System.nanoTime();
        while (true) {
            try {
                Connection connection = super.getConnection();
                away.set(null);
                return connection;
            } catch (SQLTransientConnectionException none) {
                if (none.getCause() != null) {
                    away.set(new Away(none, System.nanoTime()));
                    throw none;
                }
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw none;
                }
            }
        }
    }

    private void refuseWhileAway() throws SQLTransientConnectionException {
        Away known = away.get();
        if (known != null && System.nanoTime() - known.nanos() < KNOWN_FOR.toNanos()) {
            throw new SQLTransientConnectionException(
                    known.why().getMessage(), known.why().getSQLState(), known.why());
        }
    }
}
