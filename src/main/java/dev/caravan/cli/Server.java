package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;

/**
 * Runs the schedules: one live route an entity. Looks every few seconds at what is remembered, so that pauses and
 * approvals by the command line are taken up, and asks each connector now and then what it publishes.
 */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final Settings settings;
    private final Engine engine;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<String, Instant> discovered = new HashMap<>();
    private Instant pruned;

    Server(Settings settings, Engine engine, Clock clock) {
        this.settings = settings;
        this.engine = engine;
        this.clock = clock;
        this.pruned = clock.instant();
    }

    /** Lets {@link #run} return soon. */
    void stop() {
        stopped.countDown();
    }

    /** @param ready called once everything is started */
    void run(Runnable ready) {
        settings.connectors().forEach(this::discover);
        LOG.info("serving {} entities", schedule());
        ready.run();
        try {
            while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
        LOG.info("stopping");
    }

    private void look() {
        try {
            settings.connectors().stream().filter(this::isDue).forEach(this::discover);
            schedule();
            if (!clock.instant().isBefore(pruned.plus(PRUNE_EVERY))) {
                pruned = clock.instant();
                engine.prune();
            }
            engine.retryDue();
        } catch (CaravanException | DataAccessException trouble) {
            LOG.warn("The schedules stay as they are for now: {}", trouble.getMessage());
        }
    }

    private boolean isDue(ConnectorSettings connector) {
        Instant last = discovered.getOrDefault(connector.name(), Instant.EPOCH);
        return !clock.instant().isBefore(last.plus(connector.lookEvery())) || wasApproved(connector);
    }

    /** Whether a schema waits to be taken up that a person approved. */
    private boolean wasApproved(ConnectorSettings connector) {
        return engine.entities().stream()
                .filter(entity -> entity.connector().equals(connector.name()))
                .filter(entity -> entity.note() != null)
                .anyMatch(entity -> engine.stores(connector)
                        .schemas()
                        .newest(entity.uid())
                        .filter(version -> version.decision().equals("approved"))
                        .isPresent());
    }

    /** A source that is away is no reason to stop: what is known of it stays scheduled. */
    private void discover(ConnectorSettings connector) {
        discovered.put(connector.name(), clock.instant());
        try {
            engine.discover(connector).forEach(news -> LOG.info("{}", news));
        } catch (CaravanException fault) {
            LOG.warn("connector={} cannot be asked what it publishes: {}", connector.name(), fault.getMessage());
        }
    }

    private int schedule() {
        Set<String> paused = new HashSet<>();
        settings.connectors()
                .forEach(connector ->
                        paused.addAll(engine.stores(connector).entities().paused()));
        List<EntityRecord> live = new ArrayList<>(engine.entities());
        live.removeIf(entity -> !entity.enabled() || paused.contains(entity.uid()));
        engine.schedule(live, Server::tell);
        return live.size();
    }

    private static void tell(Outcome outcome) {
        if (outcome.status().equals("waiting")) {
            return;
        }
        MDC.put("entity", outcome.entity());
        LOG.info(
                "status={} fetched={} inserted={} updated={} deleted={} failed={}",
                outcome.status(),
                outcome.counts().fetched(),
                outcome.counts().inserted(),
                outcome.counts().updated(),
                outcome.counts().deleted(),
                outcome.counts().failed());
        if (outcome.message() != null) {
            LOG.warn("{}", outcome.message());
        }
        MDC.remove("entity");
    }
}
