package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.testing.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while a run is under way, again and again; one clean run then makes the target equal to the source. */
final class KillIT {
    private static final int KILLS = Boolean.getBoolean("caravan.proof") ? 50 : 10;
    private static final int ROWS = 6000;

    @TempDir
    Path folder = Path.of("");

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
        List<Integer> killedAt = new ArrayList<>();
        try (House house = new House(url, folder)) {
            house.with("caravan.connector.erp.page-size", "100").things(ROWS, "auto");
            Path file = house.write();
            while (killedAt.size() < KILLS) {
                AtomicInteger requests = new AtomicInteger();
                house.sandbox.setBeforeAnswer(number -> requests.set(number));
                int at = 1 + random.nextInt(ROWS / 100);
                Process process = sync(file);
                Awaitility.await()
                        .atMost(60, TimeUnit.SECONDS)
                        .pollInterval(2, TimeUnit.MILLISECONDS)
                        .until(() -> requests.get() >= at || !process.isAlive());
                LockSupport.parkNanos(random.nextInt(20_000_000));
                if (process.isAlive()) {
                    killedAt.add(requests.get());
                }
                process.destroyForcibly().waitFor();
                house.sandbox.table("things").updateSome(3);
                house.sandbox.table("things").insertSome(2);
                house.sandbox.table("things").deleteSome(1);
            }
            house.sandbox.setBeforeAnswer(number -> {});
            Process clean = sync(file, "--full");
            assertThat(clean.waitFor())
                    .as("seed %d, killed at requests %s", seed, killedAt)
                    .isZero();
            assertThat(house.stored())
                    .as("seed %d, killed at requests %s", seed, killedAt)
                    .isEqualTo(house.source());
            assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs") + " WHERE status = 'running'"))
                    .isEqualTo("0");
        }
    }

    private Process sync(Path file, String... more) throws IOException {
        Path jar = Path.of(System.getProperty("caravan.jar", "target/caravan-0.1.0.jar"))
                .toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                jar + System.getProperty("path.separator") + jar.resolveSibling("lib") + "/*",
                "dev.caravan.Caravan",
                "--config",
                file.toString(),
                "sync",
                "--quiet"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }
}
