package dev.caravan.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All that is configured.
 *
 * @param database target and state
 * @param databases further databases by name
 * @param httpHost where the admin API listens
 * @param httpPort its port
 * @param workers entities synced at once
 * @param memory bytes of pages in flight, all entities together
 * @param maxDeletePercent share of a table, in percent, above which a deletion waits for a person
 * @param maxDeleteRows rows above which it waits; both must be passed
 * @param keepRuns how long the history of runs is kept
 * @param secretsKey encrypts secrets of connectors made through the API
 * @param routesReload whether changed routes are taken up while running
 * @param routes folder of the routes
 * @param log level, file and format of the log
 * @param connectors remote systems, in the order of their names
 * @param bridges two-way definitions, in the order of their names
 * @param passedOn keys that are Camel's, or of somebody's own routes, untouched
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
        List<BridgeSettings> bridges,
        Map<String, String> passedOn,
        List<String> warnings) {

    /** Level in lower case, file and format of the log. */
    public record Log(String level, Optional<Path> file, boolean json) {}

    /** The same settings with every database replaced: the main one and those with a name. */
    public Settings withDatabases(UnaryOperator<DatabaseSettings> replacement) {
        Map<String, DatabaseSettings> others = new TreeMap<>();
        databases.forEach((name, named) -> others.put(name, replacement.apply(named)));
        return new Settings(
                replacement.apply(database),
                others,
                httpHost,
                httpPort,
                workers,
                memory,
                maxDeletePercent,
                maxDeleteRows,
                keepRuns,
                secretsKey,
                routesReload,
                routes,
                log,
                connectors,
                bridges,
                passedOn,
                warnings);
    }

    /** The connector of this name. */
    public Optional<ConnectorSettings> connector(String name) {
        return connectors.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** The database that holds a connector's tables and their state. */
    public DatabaseSettings databaseOf(ConnectorSettings connector) {
        return connector
                .database()
                .map(name -> databases.getOrDefault(name, database))
                .orElse(database);
    }
}
