package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.source.apismith.ApiSmithAnswers;
import java.time.Duration;
import java.util.List;

/** A system that rows are only written to: it publishes nothing, but one logs in there. */
final class TargetOnly implements Source {
    private final Caller caller;

    TargetOnly(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Begun begin(EntityRecord entity, ConnectorSettings connector, SyncOptions options) {
        throw noSource(connector);
    }

    @Override
    public RowShape shape(EntityRecord entity, ConnectorSettings connector) {
        throw noSource(connector);
    }

    private static CaravanException noSource(ConnectorSettings connector) {
        return new CaravanException(
                FaultKind.CONFIGURATION,
                "SOURCE_UNKNOWN",
                connector.name() + ": rows cannot be fetched from a connector of type " + connector.type());
    }

    @Override
    public List<String> discover(ConnectorSettings connector) {
        return List.of();
    }

    @Override
    public Token logIn(ConnectorSettings connector) {
        HubRequest request = new HubRequest(HubRequest.Verb.LOG_IN, connector.name(), "", List.of(), null);
        ApiSmithAnswers.Token token = caller.ask(request, ApiSmithAnswers.Token.class);
        Duration half = token.life().dividedBy(2);
        Duration early = half.compareTo(Duration.ofMinutes(1)) < 0 ? half : Duration.ofMinutes(1);
        return new Token(token.value(), token.life().minus(early));
    }
}
