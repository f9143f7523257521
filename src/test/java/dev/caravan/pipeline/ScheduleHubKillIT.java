package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.ScheduleHubSandbox;
import dev.caravan.testing.Postgres;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program is killed while it sends rows to ScheduleHub: in the phases of every run, and with a call of each
 * kind open, carried out there but not answered yet. One clean run then makes what ScheduleHub holds equal to the source,
 * each record once.
 */
final class ScheduleHubKillIT {
    private static final int KILLS = Proof.LONG ? 50 : 10;
    private static final int LEAST = Proof.LONG ? 3 : 1;
    private static final int ROWS = 1200;
    private static final String BATCH = "/api/v1/things/batch";

    @TempDir
    Path folder = Path.of("");

    /** What ScheduleHub was at when the process was killed. */
    private enum Call {
        /** A call of any kind came, and nothing of it was done. */
        RECEIVED,
        /** It has said what it holds. */
        LOOKED_UP,
        /** It has taken records. */
        SENT,
        /** It has deleted some. */
        DELETED
    }

    @Test
    void killedRunsLoseNoRecordAndSendNoneTwiceRememberedInSqlite() throws Exception {
        killAndCompare("jdbc:sqlite:" + folder.resolve("state.db"));
    }

    @Test
    @Tag("proof")
    void killedRunsLoseNoRecordAndSendNoneTwiceRememberedInPostgres() throws Exception {
        killAndCompare(Postgres.freshDatabase());
    }

    private void killAndCompare(String url) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, Integer> kills = new TreeMap<>();
        List<Object> phases = new ArrayList<>(List.of(Call.values()));
        phases.addAll(List.of(Killing.Phase.values()));
        try (House house = new House(url, folder).toHub("things")) {
            house.with("caravan.connector.erp.page-size", "100")
                    .with("caravan.connector.hub.page-size", "100")
                    .with("caravan.connector.hub.data-timeout", "30s")
                    .things(ROWS, "auto");
            Path file = house.write();
            house.discover();
            house.restart();
            int tried = 0;
            int killed = 0;
            while (killed < KILLS || !missing(phases, kills).isEmpty()) {
                List<Object> next = killed < phases.size() ? phases : missing(phases, kills);
                Object phase = (next.isEmpty() ? phases : next).get(tried++ % (next.isEmpty() ? phases : next).size());
                boolean full = phase == Call.DELETED || random.nextBoolean();
                boolean done = phase instanceof Call call
                        ? killIn(call, hub(house), file, full, random)
                        : new Killing(house, file, random).in((Killing.Phase) phase, full);
                if (done) {
                    kills.merge(phase.toString(), 1, Integer::sum);
                    killed++;
                }
                house.sandbox.edit("things", 2, 3, 1);
                assertThat(tried).as("seed %d, kills %s", seed, kills).isLessThan(10 * KILLS);
            }
            house.sandbox.setBeforeAnswer(number -> {});
            hub(house).faults().clear();
            Child clean = Child.sync(file, "--full");
            String story = "seed " + seed + ", kills " + kills;
            assertThat(clean.end()).as("%s%n%s", story, clean.said()).isZero();
            Laws.hold(house, story);
            Proof.say("ScheduleHub, remembered in " + (house.isSqlite() ? "SQLite" : "PostgreSQL")
                    + ", kill -9, seed " + seed + ": " + killed + " kills in " + tried + " runs: " + kills
                    + "; then one clean run: equal");
        }
        assertThat(missing(phases, kills)).as("seed %d", seed).isEqualTo(List.of());
    }

    /** The phases that were not met often enough yet. */
    private static List<Object> missing(List<Object> phases, Map<String, Integer> kills) {
        return phases.stream()
                .filter(phase -> kills.getOrDefault(phase.toString(), 0) < LEAST)
                .toList();
    }

    private static ScheduleHubSandbox hub(House house) {
        ScheduleHubSandbox hub = house.hub();
        if (hub == null) {
            throw new AssertionError("Its things go into a table");
        }
        return hub;
    }

    /** Lets ScheduleHub come to a call and kills the process there; false if it ended before. */
    private static boolean killIn(Call call, ScheduleHubSandbox hub, Path file, boolean full, Random random)
            throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        if (call == Call.RECEIVED) {
            hub.faults().on(BATCH).at(1 + random.nextInt(3), SandboxFault.hang(Duration.ofSeconds(25)));
        } else {
            hub.faults().on(BATCH).always(SandboxFault.altered(call.name(), (request, answer) -> {
                if (kind(request.method(), request.path()) == call) {
                    there.countDown();
                    await(go);
                }
                return answer;
            }));
        }
        int hung = hub.faults().counts().getOrDefault("HANG", 0);
        Child child = full ? Child.sync(file, "--full", "--wait", "0s") : Child.sync(file, "--wait", "0s");
        boolean arrived = true;
        try {
            Awaitility.await()
                    .atMost(2, TimeUnit.MINUTES)
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> !child.isAlive()
                            || there.getCount() == 0
                            || hub.faults().counts().getOrDefault("HANG", 0) > hung);
        } catch (ConditionTimeoutException elsewhere) {
            arrived = false;
        }
        boolean killed = child.kill();
        go.countDown();
        hub.faults().clear();
        return arrived && killed;
    }

    private static Call kind(String method, String path) {
        if (!path.equals(BATCH)) {
            return Call.LOOKED_UP;
        }
        return method.equals("DELETE") ? Call.DELETED : Call.SENT;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
