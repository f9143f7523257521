package dev.caravan.cli;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunCounts;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import dev.caravan.route.Stores;
import dev.caravan.route.SyncOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verbs' operations, done by Camel's routes. */
final class RoutesOperations implements Operations {
    private static final Logger LOG = LoggerFactory.getLogger(RoutesOperations.class);

    private final Settings settings;
    private final Engine engine;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private RoutesOperations(Settings settings, Engine engine) {
        this.settings = settings;
        this.engine = engine;
    }

    static Operations start(Settings settings, Clock clock) {
        return new RoutesOperations(settings, Engine.start(settings, clock));
    }

    @Override
    public DiscoveryReport discover(ConnectorSettings connector) {
        List<String> news = engine.discover(connector);
        return new DiscoveryReport(entitiesOf(connector), news);
    }

    private List<EntityRecord> entitiesOf(ConnectorSettings connector) {
        return engine.entities().stream()
                .filter(entity -> entity.connector().equals(connector.name()))
                .toList();
    }

    @Override
    public List<EntityOutcome> sync(SyncRequest request, SyncListener listener) {
        refuseUnsupported(request);
        List<EntityOutcome> unreachable = new ArrayList<>();
        for (ConnectorSettings connector : settings.connectors()) {
            try {
                engine.discover(connector).forEach(listener::note);
            } catch (CaravanException fault) {
                unreachable.addAll(failed(connector, fault));
            }
        }
        List<EntityRecord> chosen = new Choice(engine.entities(), settings).choose(request);
        Collection<String> without =
                unreachable.stream().map(EntityOutcome::entity).toList();
        List<EntityRecord> reachable = chosen.stream()
                .filter(entity -> !without.contains(entity.name()))
                .toList();
        List<EntityOutcome> outcomes = new ArrayList<>(unreachable.stream()
                .filter(outcome -> request.entities().isEmpty()
                        || chosen.stream().anyMatch(entity -> entity.name().equals(outcome.entity())))
                .toList());
        outcomes.forEach(listener::ended);
        outcomes.addAll(pass(reachable, request, listener));
        return outcomes;
    }

    private List<EntityOutcome> pass(List<EntityRecord> entities, SyncRequest request, SyncListener listener) {
        if (entities.isEmpty()) {
            return List.of();
        }
        SyncOptions options = new SyncOptions(request.full(), "cli", request.lockWait());
        Consumer<Outcome> told = outcome -> listener.ended(Endings.of(outcome));
        RunWatch watch = RunWatch.begin(stores(), entities, listener);
        try {
            return engine.sync(entities, options, told).stream()
                    .map(Endings::of)
                    .toList();
        } finally {
            watch.close();
        }
    }

    private Set<Stores> stores() {
        Set<Stores> stores = new LinkedHashSet<>();
        settings.connectors().forEach(connector -> stores.add(engine.stores(connector)));
        return stores;
    }

    /** One outcome for each entity of a connector that cannot be asked; for the connector itself where none is known. */
    private List<EntityOutcome> failed(ConnectorSettings connector, CaravanException fault) {
        List<String> names = entitiesOf(connector).stream()
                .filter(EntityRecord::enabled)
                .map(EntityRecord::name)
                .toList();
        Ending ending = Endings.of(fault.kind(), fault.code());
        return (names.isEmpty() ? List.of(connector.name()) : names)
                .stream()
                        .map(name -> new EntityOutcome(
                                name, ending, RunCounts.NONE, 0, Duration.ZERO, 0, fault.code(), fault.getMessage()))
                        .toList();
    }

    private static void refuseUnsupported(SyncRequest request) {
        String option = request.dryRun()
                ? "--dry-run"
                : request.limit().isPresent()
                        ? "--limit"
                        : request.since().isPresent()
                                ? "--since"
                                : request.trace().isPresent() ? "--trace" : "";
        if (!option.isEmpty()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION, "OPTION_UNAVAILABLE", option + " is not available in this version");
        }
    }

    @Override
    public List<ConnectorCheck> check() {
        List<ConnectorCheck> checks = new ArrayList<>();
        for (ConnectorSettings connector : settings.connectors()) {
            String url = connector.url().toString();
            try {
                List<ConnectorCheck.Entity> entities = discover(connector).entities().stream()
                        .map(entity -> Reasons.of(connector, entity))
                        .toList();
                checks.add(new ConnectorCheck(connector.name(), connector.type(), url, null, entities));
            } catch (CaravanException fault) {
                checks.add(new ConnectorCheck(connector.name(), connector.type(), url, fault, List.of()));
            }
        }
        return checks;
    }

    @Override
    public void serve(Runnable ready) {
        settings.connectors().forEach(this::discoverWhenServing);
        List<EntityRecord> entities = engine.entities().stream()
                .filter(EntityRecord::enabled)
                .filter(entity -> stores().stream()
                        .noneMatch(stores -> stores.entities().paused().contains(entity.uid())))
                .toList();
        engine.schedule(
                entities,
                outcome -> LOG.info(
                        "entity={} status={} fetched={} inserted={} updated={} deleted={} failed={}",
                        outcome.entity(),
                        outcome.status(),
                        outcome.counts().fetched(),
                        outcome.counts().inserted(),
                        outcome.counts().updated(),
                        outcome.counts().deleted(),
                        outcome.counts().failed()));
        LOG.info("serving {} entities", entities.size());
        ready.run();
        try {
            stopped.await();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
        LOG.info("stopping");
    }

    /** A source that is away when the server starts is no reason not to start: what is known of it is scheduled. */
    private void discoverWhenServing(ConnectorSettings connector) {
        try {
            engine.discover(connector);
        } catch (CaravanException fault) {
            LOG.warn("connector={} cannot be asked what it publishes: {}", connector.name(), fault.getMessage());
        }
    }

    @Override
    public void decideSchema(String entity, boolean approved) {
        throw new CaravanException(
                FaultKind.CONFIGURATION,
                "DECISION_UNAVAILABLE",
                "A changed schema of " + entity + " cannot be decided on in this version");
    }

    @Override
    public void stop() {
        engine.stop();
        stopped.countDown();
    }

    @Override
    public void close() {
        engine.close();
    }
}
