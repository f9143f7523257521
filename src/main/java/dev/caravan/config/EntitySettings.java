package dev.caravan.config;

import dev.caravan.model.Strategy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is set for one entity; empty where the connector's or the source's word holds.
 *
 * @param strategy how changed rows are found, instead of what the source says
 * @param markDeletes whether rows that are gone are marked
 * @param fullPassEvery how often an entity on row versions is listed whole; empty for never
 * @param mappings {@code target | transformation …} by source field
 */
public record EntitySettings(
        Optional<Boolean> enabled,
        Optional<ConnectorSettings.Schedule> schedule,
        Optional<String> targetTable,
        Optional<Strategy> strategy,
        boolean markDeletes,
        Optional<Duration> fullPassEvery,
        Map<String, String> mappings) {

    /** Nothing set. */
    public static final EntitySettings DEFAULTS = new EntitySettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.of(Duration.ofDays(1)),
            Map.of());
}
