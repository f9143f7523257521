package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Lets a process come to a phase of its run, from outside, and kills it there. Used by one thread. */
final class Killing {
    private static final int LOCKED = 8;

    private final Victim house;
    private final Path file;
    private final Random random;

    Killing(Victim house, Path file, Random random) {
        this.house = house;
        this.file = file;
        this.random = random;
    }

    /** What a run was at when it was killed; but for the last, a request or a transaction is surely open. */
    enum Phase {
        REQUEST_OPEN,
        BETWEEN_PAGE_AND_TRANSACTION,
        INSIDE_THE_TRANSACTION,
        AFTER_COMMIT,
        WHILE_CLOSING,
        AT_RANDOM;

        /** Those that a run can be held in; it may end before a random moment comes. */
        static List<Phase> aimed() {
            return Arrays.stream(values()).filter(phase -> phase != AT_RANDOM).toList();
        }
    }

    /** Lets a run come to a phase and kills it there; false if it ended before. */
    boolean in(Phase phase, boolean full) throws Exception {
        int at = phase == Phase.WHILE_CLOSING ? 1 : 1 + random.nextInt(full ? 9 : 3);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch beyond = new CountDownLatch(1);
        AtomicReference<@Nullable Exception> trouble = new AtomicReference<>();
        try (Stall stall = new Stall(house)) {
            house.beforeAnswer(number -> {
                try {
                    if (number == at) {
                        arrange(phase, stall);
                        there.countDown();
                    }
                    boolean waits =
                            phase == Phase.REQUEST_OPEN ? number >= at : phase == Phase.AFTER_COMMIT && number > at;
                    if (number > at) {
                        beyond.countDown();
                    }
                    if (waits) {
                        go.await(30, TimeUnit.SECONDS);
                    }
                } catch (SQLException | InterruptedException failed) {
                    trouble.set(failed);
                }
            });
            String before = pages(house);
            Child child = full ? Child.sync(file, "--full", "--wait", "0s") : Child.sync(file, "--wait", "0s");
            boolean arrived = arrive(phase, house, stall, child, there, beyond, before);
            if (phase == Phase.AT_RANDOM) {
                LockSupport.parkNanos(random.nextInt(300_000_000));
            }
            boolean killed = child.kill();
            go.countDown();
            assertThat(trouble.get()).isNull();
            if (!killed) {
                assertThat(child.end())
                        .as("a start right after a kill meets no lock: %s", child.said())
                        .isNotEqualTo(LOCKED);
            }
            return arrived && killed;
        }
    }

    private static void arrange(Phase phase, Stall stall) throws SQLException {
        switch (phase) {
            case BETWEEN_PAGE_AND_TRANSACTION -> stall.beforeStoring();
            case INSIDE_THE_TRANSACTION -> stall.whileStoring();
            case WHILE_CLOSING -> stall.whileClosing();
            case REQUEST_OPEN, AFTER_COMMIT, AT_RANDOM -> {}
        }
    }

    /** False where the run ended before, or stands still elsewhere: the stall came with its last request. */
    private static boolean arrive(
            Phase phase,
            Victim house,
            Stall stall,
            Child child,
            CountDownLatch there,
            CountDownLatch beyond,
            @Nullable String before) {
        try {
            Awaitility.await()
                    .atMost(2, TimeUnit.MINUTES)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> !child.isAlive() || there.getCount() == 0);
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> !child.isAlive() || isThere(phase, house, stall, there, beyond, before));
        } catch (ConditionTimeoutException elsewhere) {
            return false;
        }
        return child.isAlive();
    }

    private static boolean isThere(
            Phase phase,
            Victim house,
            Stall stall,
            CountDownLatch there,
            CountDownLatch beyond,
            @Nullable String before)
            throws SQLException {
        if (there.getCount() > 0) {
            return false;
        }
        return switch (phase) {
            case REQUEST_OPEN, AT_RANDOM -> true;
            case BETWEEN_PAGE_AND_TRANSACTION -> house.isSqlite() ? beyond.getCount() == 0 : stall.holdsSomebodyUp();
            case INSIDE_THE_TRANSACTION, WHILE_CLOSING -> stall.holdsSomebodyUp();
            case AFTER_COMMIT ->
                beyond.getCount() == 0 && !String.valueOf(pages(house)).equals(String.valueOf(before));
        };
    }

    /** How many pages all runs have stored so far: moves with each commit of pages. */
    private static @Nullable String pages(Victim house) throws SQLException {
        try (Connection connection = DriverManager.getConnection(house.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(pages) FROM " + house.own("sync_runs"))) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
