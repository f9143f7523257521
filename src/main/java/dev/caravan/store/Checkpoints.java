package dev.caravan.store;

import java.io.File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Carries what the write-ahead log of a SQLite file holds into the file (https://www.sqlite.org/wal.html), beside those who
 * write: done by SQLite itself, as part of a commit, it would hold up the next transaction. It has a thread and a
 * connection of its own, once there is something to carry. Where somebody always writes, so that the log is never begun
 * anew, SQLite does the rest at a commit after all, at {@link #MOST_PAGES}. Safe for several threads.
 */
final class Checkpoints implements AutoCloseable {
    /** So many pages in the log, and no more. */
    static final int MOST_PAGES = 80_000;

    private static final int PAGES = 20_000;
    private static final int PAGE_BYTES = 4096;
    private static final int MOST_SECONDS_TO_END = 30;

    private final File log;
    private final DataSource source;
    private final Consumer<String> teller;
    private final AtomicBoolean underWay = new AtomicBoolean();
    /** What comes after the end is nothing to carry: SQLite does that as the last connection closes. */
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Checkpoints::carrier, new DiscardPolicy());

    /** Used by the thread alone. */
    private @Nullable Connection connection;

    private boolean told;

    /**
     * @param log the file's write-ahead log, which need not be there
     * @param source of a connection beside those who write
     * @param teller is told, a line, when it cannot be carried
     */
    Checkpoints(File log, DataSource source, Consumer<String> teller) {
        this.log = log;
        this.source = source;
        this.teller = teller;
    }

    private static Thread carrier(Runnable work) {
        Thread carrier = new Thread(work, "checkpoints");
        carrier.setDaemon(true);
        return carrier;
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
                teller.accept(log + " grows: it cannot be carried into its database now, which is tried again. "
                        + failed.getMessage());
            }
            told = true;
            disconnect();
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
                teller.accept(log + " is still being carried into its database");
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
            teller.accept("A connection to the database of " + log + " does not close: " + failed.getMessage());
        } finally {
            connection = null;
        }
    }
}
