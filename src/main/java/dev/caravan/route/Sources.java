package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.util.HashMap;
import java.util.Map;

/** The kinds of sources, by the type that a connector's settings name. Filled before the first run. */
final class Sources {
    private final Map<String, Source> byType = new HashMap<>();

    void add(String type, Source source) {
        byType.put(type, source);
    }

    /**
     * The kind of a connector.
     *
     * @throws CaravanException SOURCE_UNKNOWN if this version has none of the type
     */
    Source of(ConnectorSettings connector) {
        Source source = byType.get(connector.type());
        if (source == null) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "SOURCE_UNKNOWN",
                    connector.name() + ": rows cannot be fetched from a connector of type " + connector.type());
        }
        return source;
    }
}
