package dev.caravan.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is configured.
 *
 * @param database target and state
 * @param databases further databases by name
 * @param workers entities synced at once
 * @param memory bytes of pages in flight, all entities together
 * @param maxDeletePercent share of a table, in percent, above which a deletion waits for a person
 * @param maxDeleteRows rows above which it waits; both must be passed
 * @param keepRuns how long the history of runs is kept
 * @param routesReload whether changed routes are taken up while running
 * @param routes folder of the routes
 * @param log level, file and format of the log
 * @param connectors remote systems, in the order of their names
 * @param passedOn keys that are Camel's own, untouched
 * @param warnings what is odd but no mistake
 */
public record Settings(
        DatabaseSettings database,
        Map<String, DatabaseSettings> databases,
        String httpHost,
        int httpPort,
        int workers,
        long memory,
        int maxDeletePercent,
        int maxDeleteRows,
        Duration keepRuns,
        Optional<Secret> secretsKey,
        boolean routesReload,
        Path routes,
        Log log,
        List<ConnectorSettings> connectors,
        Map<String, String> passedOn,
        List<String> warnings) {

    /** Level, file and format of the log. */
    public record Log(String level, Optional<Path> file, boolean json) {}

    /** The connector of this name. */
    public Optional<ConnectorSettings> connector(String name) {
        return connectors.stream().filter(c -> c.name().equals(name)).findFirst();
    }
}
