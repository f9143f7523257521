package dev.caravan.cli;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunCounts;
import dev.caravan.model.RunRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import dev.caravan.route.Replay;
import dev.caravan.route.Stores;
import dev.caravan.route.SyncOptions;
import dev.caravan.route.Verify;
import dev.caravan.route.VerifyReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The verbs' operations, done by Camel's routes. The engine is started when it is first needed. */
final class RoutesOperations implements Operations {
    private static final int RUNS_LOOKED_AT = 20;

    /** A person waits for the check; a source that is down is told of soon. */
    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(10);

    private final Settings settings;
    private final Clock clock;
    private @Nullable Engine engine;
    private @Nullable Server server;
    private boolean stopping;

    private RoutesOperations(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    static Operations start(Settings settings, Clock clock) {
        return new RoutesOperations(settings, clock);
    }

    private Engine engine(Settings with) {
        return engine(() -> Engine.startOnce(with, clock));
    }

    private synchronized Engine engine(Supplier<Engine> starting) {
        Engine running = engine;
        if (running == null) {
            running = starting.get();
            engine = running;
            if (stopping) {
                running.stop();
            }
        }
        return running;
    }

    @Override
    public DiscoveryReport discover(ConnectorSettings connector) {
        Engine running = engine(settings);
        List<String> news = running.discover(connector);
        return new DiscoveryReport(entitiesOf(running, connector), news, running.leftOut(connector));
    }

    private static List<EntityRecord> entitiesOf(Engine running, ConnectorSettings connector) {
        return running.entities().stream()
                .filter(entity -> entity.connector().equals(connector.name()))
                .toList();
    }

    @Override
    public List<EntityOutcome> sync(SyncRequest request, SyncListener listener) {
        if (!request.dryRun()) {
            Engine running = engine(settings);
            return sync(running, request, listener, entities -> pass(running, entities, request, listener));
        }
        refuseToSend();
        try (Rehearsal rehearsal = Rehearsal.begin(settings, clock)) {
            Engine running = engine(rehearsal.settings());
            rehearsal.remember(running);
            for (ConnectorSettings connector : settings.connectors()) {
                tryDiscover(running, connector, listener);
            }
            rehearsal.fill(new Choice(running.entities(), settings).choose(request));
            try {
                return sync(running, request, listener, entities -> pass(running, entities, request, listener));
            } finally {
                close();
            }
        }
    }

    /** A copy can be made of a database, not of another system. */
    private void refuseToSend() {
        for (ConnectorSettings connector : settings.connectors()) {
            connector
                    .settings()
                    .forEach((slug, entity) -> entity.target().ifPresent(target -> {
                        throw new CaravanException(
                                FaultKind.CONFIGURATION,
                                "OPTION_UNAVAILABLE",
                                "--dry-run cannot be used while " + connector.name() + "." + slug + " is written to "
                                        + target + ": it would send records there");
                    }));
        }
    }

    private void tryDiscover(Engine running, ConnectorSettings connector, SyncListener listener) {
        try {
            running.discover(connector).forEach(listener::note);
        } catch (CaravanException again) {
            listener.note(connector.name() + ": " + again.getMessage());
        }
    }

    private List<EntityOutcome> sync(
            Engine running,
            SyncRequest request,
            SyncListener listener,
            Function<List<EntityRecord>, List<EntityOutcome>> pass) {
        List<EntityOutcome> unreachable = new ArrayList<>();
        for (ConnectorSettings connector : settings.connectors()) {
            try {
                running.discoverToSync(connector, runs(running, connector, request))
                        .forEach(listener::note);
                unreachable.addAll(LeftOut.of(running, connector));
            } catch (CaravanException fault) {
                unreachable.addAll(failed(running, connector, fault));
            }
        }
        List<EntityRecord> chosen = new Choice(running.entities(), settings).choose(request);
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
        outcomes.addAll(reachable.isEmpty() ? List.of() : pass.apply(reachable));
        return outcomes;
    }

    /** About how many runs there will be: a pattern counts as one, and of a connector that is new nothing is known. */
    private static int runs(Engine running, ConnectorSettings connector, SyncRequest request) {
        if (!request.entities().isEmpty()) {
            return request.entities().size();
        }
        int known = entitiesOf(running, connector).size();
        return known == 0 ? Integer.MAX_VALUE : known;
    }

    private List<EntityOutcome> pass(
            Engine running, List<EntityRecord> entities, SyncRequest request, SyncListener listener) {
        SyncOptions options = new SyncOptions(
                request.full(),
                "cli",
                request.lockWait(),
                request.limit(),
                request.since(),
                request.trace(),
                !request.entities().isEmpty(),
                listener::note);
        Consumer<Outcome> told = outcome -> listener.ended(Endings.of(outcome));
        return watched(running, entities, listener, () -> running.sync(entities, options, told));
    }

    private List<EntityOutcome> watched(
            Engine running, List<EntityRecord> entities, SyncListener listener, Supplier<List<Outcome>> pass) {
        Set<Stores> stores = new LinkedHashSet<>();
        settings.connectors().forEach(connector -> stores.add(running.stores(connector)));
        RunWatch watch = RunWatch.begin(stores, entities, listener);
        try {
            return pass.get().stream().map(Endings::of).toList();
        } finally {
            watch.close();
        }
    }

    /** One outcome for each entity of a connector that cannot be asked; for the connector itself where none is known. */
    private static List<EntityOutcome> failed(Engine running, ConnectorSettings connector, CaravanException fault) {
        List<String> names = entitiesOf(running, connector).stream()
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

    @Override
    public List<EntityOutcome> retry(List<Replay> replays, Duration lockWait) {
        SyncOptions options = new SyncOptions(false, "cli", lockWait);
        return engine(settings).retry(replays, options, outcome -> {}).stream()
                .map(Endings::of)
                .toList();
    }

    @Override
    public List<VerifyOutcome> verify(VerifyRequest request, SyncListener listener) {
        Engine running = engine(settings);
        Map<String, VerifyReport> reports = new ConcurrentHashMap<>();
        SyncOptions options = new SyncOptions(true, "cli", request.lockWait());
        Consumer<Outcome> told = outcome -> listener.ended(Endings.of(outcome));
        List<EntityOutcome> outcomes = sync(running, request.asSync(), listener, entities -> {
            List<Verify> wanted = entities.stream()
                    .map(entity -> new Verify(
                            entity.name(),
                            request.repair(),
                            request.keysOnly(),
                            report -> reports.put(entity.name(), report)))
                    .toList();
            return watched(running, entities, listener, () -> running.verify(wanted, options, told));
        });
        return outcomes.stream()
                .map(outcome -> new VerifyOutcome(outcome, reports.get(outcome.entity())))
                .toList();
    }

    @Override
    public List<ConnectorCheck> check() {
        try (Rehearsal rehearsal = Rehearsal.begin(settings, clock)) {
            Engine running = engine(rehearsal.settings());
            running.hurry(CHECK_PATIENCE);
            try {
                rehearsal.remember(running);
                return settings.connectors().stream()
                        .map(connector -> check(running, rehearsal, connector))
                        .toList();
            } finally {
                close();
            }
        }
    }

    private ConnectorCheck check(Engine running, Rehearsal rehearsal, ConnectorSettings connector) {
        String url = connector.url().toString();
        String database = settings.databaseOf(connector).shownUrl();
        try {
            List<String> news = new ArrayList<>(OldTool.announce(settings, connector));
            news.addAll(running.discover(connector));
            Map<String, CaravanException> leftOut = running.leftOut(connector);
            List<ConnectorCheck.Entity> entities = new ArrayList<>();
            for (EntityRecord entity : entitiesOf(running, connector)) {
                Instant asked = clock.instant();
                OptionalLong rows = entity.enabled() && !leftOut.containsKey(entity.name())
                        ? running.rows(entity, connector)
                        : OptionalLong.empty();
                Duration answer = Duration.between(asked, clock.instant());
                List<RunRecord> runs = rehearsal.runs(entity, RUNS_LOOKED_AT);
                Duration expected = Expected.of(rows, connector.pageSize(), answer, runs);
                entities.add(Reasons.of(connector, entity, leftOut.get(entity.name()), rows, expected));
            }
            return new ConnectorCheck(connector.name(), connector.type(), url, database, null, news, leftOut, entities);
        } catch (CaravanException fault) {
            return ConnectorCheck.failed(connector, database, fault);
        }
    }

    @Override
    public void serve(Runnable ready) {
        Server serving = new Server(settings, engine(() -> Engine.start(settings, clock)), clock);
        synchronized (this) {
            server = serving;
            if (stopping) {
                serving.stop();
            }
        }
        serving.run(ready);
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        if (engine != null) {
            engine.stop();
        }
        if (server != null) {
            server.stop();
        }
    }

    @Override
    public synchronized void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
