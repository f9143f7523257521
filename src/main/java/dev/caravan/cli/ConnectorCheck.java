package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What asking one connector came to.
 *
 * @param database where its tables and what is remembered of them go
 * @param fault why it cannot be used; null if it can
 * @param news what the next sync would make or change
 * @param leftOut what is not synced until something is mended: by entity, why
 * @param entities what it publishes, synced or not; empty if it cannot be asked
 */
public record ConnectorCheck(
        String connector,
        String type,
        String url,
        String database,
        @Nullable CaravanException fault,
        List<String> news,
        Map<String, CaravanException> leftOut,
        List<Entity> entities) {
    public ConnectorCheck {
        news = List.copyOf(news);
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
        entities = List.copyOf(entities);
    }

    /** Of a connector that cannot be asked. */
    static ConnectorCheck failed(ConnectorSettings connector, String database, CaravanException fault) {
        String url = connector.url().toString();
        return new ConnectorCheck(
                connector.name(), connector.type(), url, database, fault, List.of(), Map.of(), List.of());
    }

    /**
     * One entity.
     *
     * @param name connector and slug
     * @param table where it goes
     * @param rows how many the source says there are; empty if it does not say
     * @param synced whether it is synced
     * @param strategy how its changes will be found
     * @param reason why so
     * @param expected how long a pass over all rows is expected to take; null if nothing can be said
     */
    public record Entity(
            String name,
            String table,
            OptionalLong rows,
            boolean synced,
            String strategy,
            String reason,
            @Nullable Duration expected) {}
}
