package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Secret;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The token of each connector: given, or fetched and renewed by one caller while the others wait. */
final class Tokens {
    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final Sources sources;

    Tokens(Sources sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /** A token that is good now. */
    String bearer(ConnectorSettings connector) {
        if (connector.token().isPresent()) {
            return connector.token().map(Secret::value).orElse("");
        }
        Held now = held.compute(connector.name(), (name, before) -> isGood(before) ? before : login(connector));
        if (now == null) {
            throw new CaravanException(
                    FaultKind.DENIED, "LOGIN_FAILED", connector.name() + ": the login gave no token");
        }
        return now.value;
    }

    private boolean isGood(@Nullable Held before) {
        return before != null && clock.instant().isBefore(before.until);
    }

    private Held login(ConnectorSettings connector) {
        Source.Token token = sources.of(connector).logIn(connector);
        return new Held(token.value(), clock.instant().plus(token.keep()));
    }

    /** Whether another token can be had for this connector. */
    boolean renewable(String connector) {
        return held.containsKey(connector) || forgotten.contains(connector);
    }

    void forget(String connector) {
        if (held.remove(connector) != null) {
            forgotten.add(connector);
        }
    }

    private record Held(String value, Instant until) {}
}
