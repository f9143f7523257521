package dev.caravan.store;

import java.io.File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what the write-ahead log of a SQLite file holds into the file (https://www.sqlite.org/wal.html), beside those who
 * write: done by SQLite itself, as part of a commit, it would hold up the next transaction. It has a thread and a
 * connection of its own, once there is something to carry. Should it not keep up, SQLite does it after all, at
 * {@link #MOST_PAGES}. Safe for several threads.
 */
final class Checkpoints implements AutoCloseable {
    /** So many pages in the log, and no more for one that does not keep up. */
    static final int MOST_PAGES = 80_000;

    private static final int PAGES = 20_000;
    private static final int PAGE_BYTES = 4096;
    private static final int MOST_SECONDS_TO_END = 30;
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final File log;
    private final DataSource source;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread carrier = new Thread(work, "checkpoints");
        carrier.setDaemon(true);
        return carrier;
    });

    /** Used by the thread alone. */
    private @Nullable Connection connection;

    private boolean told;

    /**
     * @param log the file's write-ahead log, which need not be there
     * @param source of a connection beside those who write
     */
    Checkpoints(File log, DataSource source) {
        this.log = log;
        this.source = source;
    }

    /** Something was committed. */
    void committed() {
        if (log.length() >= (long) PAGES * PAGE_BYTES && underWay.compareAndSet(false, true)) {
            thread.execute(this::carry);
        }
    }

    /** The log keeps its length when it is begun anew, so that it is asked how much of it is still to be carried. */
    private void carry() {
        try {
            if (connection == null) {
                connection = source.getConnection();
            }
            if (left(connection, "NOOP") >= PAGES) {
                left(connection, "PASSIVE");
            }
            told = false;
        } catch (SQLException failed) {
            if (!told) {
                LOG.warn("{} grows, it cannot be carried into its database now: {}", log, failed.getMessage());
            }
            told = true;
        } finally {
            underWay.set(false);
        }
    }

    private static int left(Connection connection, String how) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet pages = statement.executeQuery("PRAGMA wal_checkpoint(" + how + ")")) {
            return pages.next() ? pages.getInt(2) - pages.getInt(3) : 0;
        }
    }

    /** Ends; what is under way is waited for. */
    @Override
    public void close() {
        thread.execute(this::disconnect);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("{} is still being carried into its database", log);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException failed) {
            LOG.warn("A connection to the database of {} does not close: {}", log, failed.getMessage());
        }
    }
}
