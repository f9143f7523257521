package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.testing.Proof;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it runs: live routes, discovery, JMX, its end. */
class ServeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of("");

    private Workshop shop = new Workshop(Path.of(""), "");
    private @Nullable Operations running;
    private @Nullable Thread serving;

    @BeforeEach
    void open() {
        shop.close();
        shop = new Workshop(folder, "jdbc:sqlite:" + folder.resolve("target.db"));
        shop.with("caravan.connector.erp.every", "1s");
    }

    @AfterEach
    void close() throws InterruptedException {
        stop();
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

    private void stop() throws InterruptedException {
        if (running != null && serving != null) {
            running.stop();
            serving.join(PATIENCE.toMillis());
            running.close();
            running = null;
        }
    }

    private static ObjectName bean(String entity) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names =
                server.queryNames(new ObjectName("org.apache.camel:type=routes,name=\"" + entity + "\",*"), null);
        assertThat(names).as(entity).hasSize(1);
        return names.iterator().next();
    }

    private static Object state(String entity) throws JMException {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(bean(entity), "State");
    }

    private static void tell(String entity, String operation) throws JMException {
        ManagementFactory.getPlatformMBeanServer().invoke(bean(entity), operation, new Object[0], new String[0]);
    }

    private long requests(String slug) {
        return shop.sandbox.log().requestsOf(slug).size();
    }

    private void awaitRequests(String slug) {
        shop.sandbox.forgetRequests();
        Awaitility.await().atMost(PATIENCE).until(() -> requests(slug) > 1);
    }

    @Test
    void everyEntityIsALiveRouteThatJmxStopsAndStartsAndSuspends() throws Exception {
        shop.publish("things", "hash", 5).publish("others", "hash", 5);
        serve();
        awaitRequests("things");
        assertThat(state("erp.things")).isEqualTo("Started");

        for (String pause : new String[] {"stop", "suspend"}) {
            tell("erp.things", pause);
            assertThat(state("erp.things")).isEqualTo(pause.equals("stop") ? "Stopped" : "Suspended");
            shop.sandbox.forgetRequests();
            Awaitility.await().atMost(PATIENCE).until(() -> requests("others") > 3);
            assertThat(requests("things")).isZero();
            tell("erp.things", pause.equals("stop") ? "start" : "resume");
            awaitRequests("things");
        }
    }

    @Test
    void discoveryBringsNewRoutesAndTakesGoneOnesAway() throws Exception {
        shop.with("caravan.connector.erp.discover-every", "1s").publish("things", "hash", 5);
        serve();
        awaitRequests("things");
        shop.publish("others", "hash", 7);
        Awaitility.await().atMost(PATIENCE).until(() -> requests("others") > 1);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(shop.one("SELECT count(*) FROM others")).isEqualTo("7"));

        shop.sandbox.withdraw("things");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ManagementFactory.getPlatformMBeanServer()
                                .queryNames(new ObjectName("org.apache.camel:type=routes,name=\"erp.things\",*"), null))
                        .isEmpty());
        assertThat(shop.one("SELECT sync_enabled FROM caravan_entities WHERE slug = 'things'"))
                .isEqualTo("0");
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("5");
    }

    @Test
    void aPauseByCommandLineIsTakenUpWhileItServes() throws Exception {
        shop.publish("things", "hash", 5).publish("others", "hash", 5);
        serve();
        awaitRequests("things");
        assertThat(shop.run("schedule", "pause", "things").code()).isZero();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ManagementFactory.getPlatformMBeanServer()
                                .queryNames(new ObjectName("org.apache.camel:type=routes,name=\"erp.things\",*"), null))
                        .isEmpty());
        assertThat(shop.run("schedule", "resume", "things").code()).isZero();
        awaitRequests("things");
    }

    @Test
    void runsOfOneEntityNeverOverlapAndNoMoreRunAtOnceThanThereAreWorkers() throws Exception {
        for (int i = 0; i < 6; i++) {
            shop.publish("things" + i, "hash", 3);
        }
        shop.with("caravan.workers", "2");
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        shop.sandbox.setBeforeAnswer(number -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Awaitility.await().pollDelay(Duration.ofMillis(150)).until(() -> true);
            now.decrementAndGet();
        });
        serve();
        Awaitility.await().atMost(PATIENCE).until(() -> requests("things5") > 2);
        stop();
        assertThat(most.get()).isEqualTo(2);
        assertThat(shop.one("SELECT count(*) FROM caravan_sync_runs a JOIN caravan_sync_runs b ON a.entity_uid ="
                        + " b.entity_uid AND a.uid <> b.uid WHERE a.started_at < b.completed_at AND a.completed_at >"
                        + " b.started_at"))
                .isEqualTo("0");
    }

    @Test
    void noEntityMissesItsFirstRun() throws Exception {
        for (int i = 0; i < 20; i++) {
            shop.publish("things" + i, "hash", 1);
        }
        shop.with("caravan.connector.erp.every", "1d");
        serve();
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(shop.one("SELECT count(*) FROM caravan_sync_runs WHERE status = 'completed'"))
                                .isEqualTo("20"));
    }

    @Test
    void fiftyEntitiesAreServedSoon() throws Exception {
        for (int i = 0; i < 50; i++) {
            shop.publish("things" + i, "hash", 1);
        }
        shop.without("caravan.connector.erp.every").with("caravan.connector.erp.cron", "0 0 0 1 1 ? 2099");
        for (String start : new String[] {"first start, which makes the tables", "second start"}) {
            Instant before = Instant.now();
            serve();
            Proof.say("serve with 50 entities, " + start + ": ready after "
                    + Duration.between(before, Instant.now()).toMillis() + " ms (without the start of the JVM)");
            assertThat(state("erp.things49")).isEqualTo("Started");
            stop();
        }
    }

    @Test
    void fiftyEntitiesThatAreNotDueCauseNoRequest() throws Exception {
        for (int i = 0; i < 50; i++) {
            shop.publish("things" + i, "hash", 1);
        }
        shop.without("caravan.connector.erp.every").with("caravan.connector.erp.cron", "0 0 0 1 1 ? 2099");
        serve();
        shop.sandbox.forgetRequests();
        Awaitility.await().pollDelay(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> true);
        assertThat(shop.sandbox.requests()).isEmpty();
        assertThat(state("erp.things49")).isEqualTo("Started");
    }

    @Test
    void aStopEndsTheRunAtItsPageAndTheNextServerGoesOn() throws Exception {
        shop.with("caravan.connector.erp.every", "1h").publish("things", "hash", 200);
        CountDownLatch third = new CountDownLatch(1);
        shop.sandbox.before("things", 3, third::countDown);
        serve();
        assertThat(third.await(60, TimeUnit.SECONDS)).isTrue();
        stop();
        assertThat(stored()).isBetween(10L, 190L);
        assertThat(shop.one("SELECT status FROM caravan_sync_runs")).isEqualTo("cancelled");
        serve();
        Awaitility.await().atMost(PATIENCE).until(() -> stored() == 200);
    }

    private long stored() throws SQLException {
        return Long.parseLong(String.valueOf(shop.one("SELECT count(*) FROM things")));
    }
}
