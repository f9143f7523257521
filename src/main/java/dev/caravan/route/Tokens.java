package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Secret;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.source.apismith.ApiSmithAnswers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** The token of each connector: given, or fetched and renewed by one caller while the others wait. */
final class Tokens {
    private static final Duration EARLY = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private @Nullable ProducerTemplate producer;

    Tokens(Clock clock) {
        this.clock = clock;
    }

    void use(ProducerTemplate template) {
        this.producer = template;
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
        SourceRequest request = new SourceRequest(
                SourceRequest.Kind.LOGIN, connector.type(), connector.name(), "", connector.loginPath(), null);
        ProducerTemplate template = producer;
        if (template == null) {
            throw new IllegalStateException("No way to log in yet");
        }
        ApiSmithAnswers.Token token =
                template.requestBody("direct:discover-" + connector.type(), request, ApiSmithAnswers.Token.class);
        Duration early = token.life().compareTo(EARLY.multipliedBy(2)) > 0
                ? EARLY
                : token.life().dividedBy(2);
        return new Held(token.value(), clock.instant().plus(token.life()).minus(early));
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
