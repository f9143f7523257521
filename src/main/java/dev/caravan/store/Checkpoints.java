package dev.caravan.store;

import java.io.File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
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
 * takes a writer's turn for what is left in the end, if that is little. Where it is not, or another process reads, SQLite
 * does the rest at a commit after all, at {@link #MOST_PAGES}. Safe for several threads.
 */
final class Checkpoints implements AutoCloseable {
    /** So many pages in the log, and no more. */
    static final int MOST_PAGES = 80_000;

    private static final int PAGES = 20_000;
    /** What is less than this is carried as fast by the last connection as it closes. */
    private static final int PAGES_AT_REST = 1000;

    private static final int MOST_TURNS = 3;
    private static final long NANOSECONDS_AFTER_OTHERS = TimeUnit.SECONDS.toNanos(10);

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

    private volatile boolean ending;
    /** The thread while it waits for its turn. */
    private volatile @Nullable Thread waiting;

    /** Used by the thread alone. */
    private @Nullable Connection connection;

    private boolean told;
    /** The last time that others held on to the log, by {@link System#nanoTime()}; null for never. */
    private @Nullable Long heldByOthers;

    /**
     * What a checkpoint has come to.
     *
     * @param busy whether others kept it from its end
     * @param left pages that the log held, as it began, and that are not carried
     */
    private record Carried(boolean busy, int left) {}

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
            thread.execute(() -> carry(PAGES, true));
        }
    }

    /** Little is written from now on, as a rule: what there is is carried while others end. */
    void rest() {
        if (log.length() >= (long) PAGES_AT_REST * PAGE_BYTES) {
            thread.execute(() -> carry(PAGES_AT_REST, false));
        }
    }

    /** The log keeps its length when it is begun anew, so that it is asked how much of it is still to be carried. */
    private void carry(int least, boolean anew) {
        try {
            Connection beside = connection == null ? connect() : connection;
            connection = beside;
            if (checkpoint(beside, "NOOP").left() >= least) {
                if (isAllCarried(beside) && anew) {
                    beginAnew(beside);
                }
            }
            told = false;
        } catch (SQLException failed) {
            if (!told && !ending) {
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
            return made;
        } catch (SQLException failed) {
            made.close();
            throw failed;
        }
    }

    /** What was written meanwhile is carried while nobody writes, if it is little; who writes next begins the log anew. */
    private void beginAnew(Connection beside) throws SQLException {
        Long held = heldByOthers;
        boolean later = held != null && System.nanoTime() - held < NANOSECONDS_AFTER_OTHERS;
        for (int tried = 0; !later && !ending && tried < MOST_TURNS; tried++) {
            later = !isAllCarried(beside) || hasBegunAnew(beside);
        }
    }

    private boolean isAllCarried(Connection beside) throws SQLException {
        Carried carried = checkpoint(beside, "PASSIVE");
        return !carried.busy() && carried.left() == 0;
    }

    /** Whether nothing more is to be tried now: it is done, or others hold on to the log, or there is no turn. */
    private boolean hasBegunAnew(Connection beside) throws SQLException {
        Connection turn;
        try {
            waiting = Thread.currentThread();
            if (ending) {
                return true;
            }
            turn = turns.getConnection();
        } catch (SQLTransientConnectionException none) {
            return true;
        } finally {
            waiting = null;
        }
        try {
            if (checkpoint(beside, "NOOP").left() >= PAGES) {
                return false;
            }
            heldByOthers = checkpoint(beside, "RESTART").busy() ? System.nanoTime() : null;
            return true;
        } finally {
            turn.close();
        }
    }

    private static Carried checkpoint(Connection connection, String how) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet pages = statement.executeQuery("PRAGMA wal_checkpoint(" + how + ")")) {
            return pages.next()
                    ? new Carried(pages.getBoolean(1), pages.getInt(2) - pages.getInt(3))
                    : new Carried(false, 0);
        }
    }

    /** Ends; what is under way is waited for. */
    @Override
    public void close() {
        ending = true;
        Thread waits = waiting;
        if (waits != null) {
            waits.interrupt();
        }
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
