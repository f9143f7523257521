package dev.caravan.cli;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.RunCounts;
import dev.caravan.route.Engine;
import java.time.Duration;
import java.util.List;

/** Entities that are configured and not synced for what stands in the database or for how the source describes them. Stateless. */
final class LeftOut {
    private LeftOut() {}

    /** One outcome each, after the discovery of the connector. */
    static List<EntityOutcome> of(Engine running, ConnectorSettings connector) {
        return running.leftOut(connector).entrySet().stream()
                .map(each -> new EntityOutcome(
                        each.getKey(),
                        Ending.MISCONFIGURED,
                        RunCounts.NONE,
                        0,
                        Duration.ZERO,
                        0,
                        each.getValue().code(),
                        each.getValue().getMessage()))
                .toList();
    }
}
