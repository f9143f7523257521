package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations that answer what a test wants and remember what they were asked. */
final class FakeOperations implements Operations {
    final List<SyncRequest> requests = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    List<EntityOutcome> outcomes = List.of();
    List<ConnectorCheck> checks = List.of();
    List<VerifyOutcome> verified = List.of();
    List<EntityRecord> entities = List.of();
    Map<String, CaravanException> unreachable = Map.of();

    @Nullable
    CaravanException fault;

    Runnable whileServing = () -> {};

    @Override
    public DiscoveryReport discover(ConnectorSettings connector) {
        calls.add("discover " + connector.name());
        CaravanException refused = unreachable.get(connector.name());
        if (refused != null) {
            throw refused;
        }
        return new DiscoveryReport(entities, List.of(connector.name() + ".items: new"), Map.of());
    }

    @Override
    public List<EntityOutcome> sync(SyncRequest request, SyncListener listener) {
        requests.add(request);
        if (fault != null) {
            throw fault;
        }
        outcomes.forEach(listener::ended);
        return outcomes;
    }

    @Override
    public List<EntityOutcome> retry(List<Replay> replays, Duration lockWait) {
        replays.forEach(replay -> calls.add("retry " + replay.entity()));
        return outcomes;
    }

    @Override
    public List<VerifyOutcome> verify(VerifyRequest request, SyncListener listener) {
        calls.add("verify " + request.entities() + (request.repair() ? " and repair" : ""));
        return verified;
    }

    @Override
    public List<ConnectorCheck> check() {
        calls.add("check");
        return checks;
    }

    @Override
    public void serve(Runnable ready) {
        calls.add("serve");
        ready.run();
        whileServing.run();
    }

    @Override
    public void stop() {
        calls.add("stop");
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
