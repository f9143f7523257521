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
 * connection of its own, once there is something to carry. So that the log is begun anew though somebody always writes, it
 * takes a writer's turn for the little that is left in the end. Where it gets none, or another process reads, SQLite does
 * the rest at a commit after all, at {@link #MOST_PAGES}. Safe for several threads.
 */
final class Checkpoints implements AutoCloseable {
    /** So many pages in the log, and no more. */
    static final int MOST_PAGES = 80_000;

    private static final int PAGES = 20_000;
    /** What is less than this is carried as fast by the last connection as it closes. */
    private static final int PAGES_AT_REST = 1000;

    private static final int PAGE_BYTES = 4096;
    private static final int MOST_SECONDS_TO_END = 30;
    /** How long a turn may be held for others of this file to let go. */
    private static final int MILLISECONDS_FOR_OTHERS = 50;

    private final File log;
    private final DataSource source;
    private final DataSource turns;
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
     * @param turns of the one connection that writes: while it is lent, nobody of this process writes
     * @param teller is told, a line, when it cannot be carried
     */
    Checkpoints(File log, DataSource source, DataSource turns, Consumer<String> teller) {
        this.log = log;
        this.source = source;
        this.turns = turns;
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
            thread.execute(() -> carry(PAGES));
        }
    }

    /** Little is written from now on, as a rule: what there is is carried while others end. */
    void rest() {
        if (log.length() >= (long) PAGES_AT_REST * PAGE_BYTES) {
            thread.execute(() -> carry(PAGES_AT_REST));
        }
    }

    /** The log keeps its length when it is begun anew, so that it is asked how much of it is still to be carried. */
    private void carry(int least) {
        try {
            if (connection == null) {
                connection = connect();
            }
            if (left(connection, "NOOP") >= least) {
                left(connection, "PASSIVE");
                left(connection, "PASSIVE");
                beginAnew(connection);
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

    private Connection connect() throws SQLException {
        Connection made = source.getConnection();
        try (Statement statement = made.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + MILLISECONDS_FOR_OTHERS);
        }
        return made;
    }

    /** What was written meanwhile is little: it is carried while nobody writes, and who writes next begins the log anew. */
    private void beginAnew(Connection connection) throws SQLException {
        Connection turn = turns.getConnection();
        try {
            left(connection, "RESTART");
        } finally {
            turn.close();
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
