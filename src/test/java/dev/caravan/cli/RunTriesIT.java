package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.sandbox.Faults;
import dev.caravan.sandbox.SandboxFault;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fail while a server keeps the schedules. */
class RunTriesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder = Path.of("");

    private Workshop shop = new Workshop(Path.of(""), "");
    private @Nullable Operations running;
    private @Nullable Thread serving;

    @BeforeEach
    void open() {
        shop.close();
        shop = new Workshop(folder, "jdbc:sqlite:" + folder.resolve("target.db"));
        shop.publish("things", "hash", 5)
                .with("caravan.connector.erp.every", "1h")
                .with("caravan.connector.erp.retry-time-budget", "0s")
                .with("caravan.connector.erp.run-retry-delay", "300ms");
    }

    @AfterEach
    void close() throws InterruptedException {
        if (running != null && serving != null) {
            running.stop();
            serving.join(PATIENCE.toMillis());
            running.close();
        }
        shop.close();
    }

    private void serve() throws InterruptedException {
        Surroundings surroundings = shop.surroundings(new StringWriter(), new StringWriter());
        Settings settings =
                SettingsReader.read(folder.resolve("application.properties"), folder, surroundings.home(), Map.of());
        Operations operations = RoutesOperations.start(settings, Clock.systemUTC());
        CountDownLatch ready = new CountDownLatch(1);
        Thread thread = new Thread(() -> operations.serve(ready::countDown), "serve");
        running = operations;
        serving = thread;
        thread.start();
        assertThat(ready.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private Faults data() {
        return shop.sandbox.faults().on("/api/v1/data/things");
    }

    private @Nullable String one(String sql) {
        try {
            return shop.one(sql);
        } catch (SQLException notYet) {
            return "";
        }
    }

    private void awaitRun(String status) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(one("SELECT status FROM caravan_sync_runs")).isEqualTo(status));
    }

    @Test
    void aRunThatFailedIsTriedAgainUnderItsOwnRow() throws Exception {
        data().next(2, SandboxFault.status(500));
        serve();
        awaitRun("completed");
        assertThat(shop.one("SELECT count(*) FROM caravan_sync_runs")).isEqualTo("1");
        assertThat(shop.one("SELECT error_code FROM caravan_sync_runs")).isNull();
        assertThat(shop.one("SELECT error_details FROM caravan_sync_runs")).isNull();
        assertThat(shop.one("SELECT \"trigger\" FROM caravan_sync_runs")).isEqualTo("schedule");
        assertThat(shop.one("SELECT records_fetched FROM caravan_sync_runs")).isEqualTo("5");
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("5");
    }

    @Test
    void afterTheThirdTryItHasFailedAndNothingIsAskedUntilTheScheduleSaysSo() throws Exception {
        data().always(SandboxFault.status(500));
        serve();
        awaitRun("failed");
        Awaitility.await().pollDelay(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> true);
        assertThat(shop.sandbox.log().requestsOf("things")).hasSize(3);
        assertThat(shop.one("SELECT count(*) FROM caravan_sync_runs")).isEqualTo("1");
        assertThat(shop.one("SELECT requests FROM caravan_sync_runs")).isEqualTo("3");
        assertThat(shop.one("SELECT count(*) FROM caravan_alerts")).isEqualTo("0");
        assertThat(shop.one("SELECT last_sync_status FROM caravan_entities")).isEqualTo("failed");
    }

    @Test
    void threeFailedRunsRaiseTheAlertAndTheirTriesDoNotCount() throws Exception {
        data().always(SandboxFault.status(500));
        shop.with("caravan.connector.erp.every", "1s")
                .with("caravan.connector.erp.run-tries", "2")
                .with("caravan.connector.erp.run-retry-delay", "100ms");
        serve();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> "1".equals(one("SELECT count(*) FROM caravan_alerts WHERE cleared_at IS NULL")));
        assertThat(shop.one("SELECT count(*) FROM caravan_sync_runs r, caravan_alerts a WHERE r.status = 'failed'"
                        + " AND r.completed_at <= a.raised_at"))
                .isEqualTo("3");
        data().clear();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> "0".equals(one("SELECT count(*) FROM caravan_alerts WHERE cleared_at IS NULL")));
    }

    @Test
    void aRunThatWaitsIsSeenAndAPassByHandTakesItsPlace() throws Exception {
        data().always(SandboxFault.status(500));
        shop.with("caravan.connector.erp.run-retry-delay", "1h").with("caravan.connector.erp.every", "1s");
        serve();
        awaitRun("pending");
        assertThat(shop.run("status").out()).contains("pending");
        assertThat(shop.run("runs").out()).contains("pending");
        assertThat(shop.one("SELECT error_details FROM caravan_sync_runs"))
                .contains("\"try\":1,\"of\":3,\"next_try_at\"");
        long asked = shop.sandbox.log().requestsOf("things").size();
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> true);
        assertThat(shop.sandbox.log().requestsOf("things")).hasSize((int) asked);
        data().clear();
        assertThat(shop.run("sync", "things").code()).isZero();
        assertThat(shop.one("SELECT count(*) FROM caravan_sync_runs WHERE status = 'failed'"))
                .isEqualTo("1");
        assertThat(shop.one("SELECT count(*) FROM caravan_sync_runs WHERE status = 'completed'"))
                .isEqualTo("1");
    }

    @Test
    void wrongSettingsAndMissingRightsAreNotTriedAgain() throws Exception {
        data().always(SandboxFault.status(403));
        serve();
        awaitRun("failed");
        assertThat(shop.sandbox.log().requestsOf("things")).hasSize(1);
    }
}
