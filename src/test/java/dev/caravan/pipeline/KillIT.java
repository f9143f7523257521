package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.testing.Postgres;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed while a run is under way, again and again, in every phase; one clean run then makes the target
 * equal to the source.
 *
 * <p>The process is the packaged program. It is brought to a phase from outside: the source lets a request wait, the
 * database holds a transaction up.
 */
final class KillIT {
    private static final int KILLS = Proof.LONG ? 50 : 10;
    private static final int LEAST = Proof.LONG ? 3 : 1;
    private static final int LOCKED = 8;
    private static final int ROWS = 1200;

    @TempDir
    Path folder = Path.of("");

    /** What a run was at when it was killed; but for the last, a request or a transaction is surely open. */
    enum Phase {
        REQUEST_OPEN,
        BETWEEN_PAGE_AND_TRANSACTION,
        INSIDE_THE_TRANSACTION,
        AFTER_COMMIT,
        WHILE_CLOSING,
        AT_RANDOM
    }

    @Test
    void killedRunsLeaveNothingLostAndNothingTwiceInSqlite() throws Exception {
        killAndCompare("jdbc:sqlite:" + folder.resolve("target.db"));
    }

    @Test
    void killedRunsLeaveNothingLostAndNothingTwiceInPostgres() throws Exception {
        killAndCompare(Postgres.freshDatabase());
    }

    private void killAndCompare(String url) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Phase, Integer> kills = new EnumMap<>(Phase.class);
        try (House house = new House(url, folder)) {
            house.with("caravan.connector.erp.page-size", "100").things(ROWS, "auto");
            Path file = house.write();
            house.discover();
            house.restart();
            int tried = 0;
            for (int killed = 0; killed < KILLS; ) {
                Phase phase = Phase.values()[tried++ % Phase.values().length];
                boolean full = random.nextBoolean();
                if (killIn(phase, house, file, full, random)) {
                    kills.merge(phase, 1, Integer::sum);
                    killed++;
                }
                house.sandbox.edit("things", 2, 3, 1);
            }
            house.sandbox.setBeforeAnswer(number -> {});
            Child clean = Child.sync(file, "--full");
            String story = "seed " + seed + ", kills " + kills;
            assertThat(clean.end()).as("%s%n%s", story, clean.said()).isZero();
            Laws.hold(house, story);
            Proof.say((house.isSqlite() ? "SQLite" : "PostgreSQL") + ", kill -9, seed " + seed + ": " + KILLS
                    + " kills in " + tried + " runs: " + kills + "; " + interrupted(house)
                    + " runs closed as interrupted; then one clean run: equal");
        }
        for (Phase phase : Phase.values()) {
            assertThat(kills.getOrDefault(phase, 0))
                    .as("%s, seed %d", phase, seed)
                    .isGreaterThanOrEqualTo(LEAST);
        }
    }

    private static @Nullable String interrupted(House house) throws SQLException {
        return house.one("SELECT count(*) FROM " + house.own("sync_runs") + " WHERE error_code = 'INTERRUPTED'");
    }

    /** Lets a run come to a phase and kills it there; false if it ended before. */
    private static boolean killIn(Phase phase, House house, Path file, boolean full, Random random) throws Exception {
        int at = phase == Phase.WHILE_CLOSING ? 1 : 1 + random.nextInt(full ? 9 : 3);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch beyond = new CountDownLatch(1);
        AtomicReference<@Nullable Exception> trouble = new AtomicReference<>();
        try (Stall stall = new Stall(house)) {
            house.sandbox.setBeforeAnswer(number -> {
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
            House house,
            Stall stall,
            Child child,
            CountDownLatch there,
            CountDownLatch beyond,
            @Nullable String before) {
        try {
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
            Phase phase, House house, Stall stall, CountDownLatch there, CountDownLatch beyond, @Nullable String before)
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
    private static @Nullable String pages(House house) throws SQLException {
        return house.one("SELECT sum(pages) FROM " + house.own("sync_runs"));
    }
}
