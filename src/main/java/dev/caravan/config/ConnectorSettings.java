package dev.caravan.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One remote system.
 *
 * @param name as the keys name it
 * @param type {@code apismith}
 * @param url base URL without a slash at its end
 * @param entities names and patterns of what is synced
 * @param schedule when its entities are synced
 * @param schema where the tables go in PostgreSQL
 * @param tablePrefix put before each table's name; empty for none
 * @param dayFirst whether {@code 08-12-2025} is the 8th of December
 * @param orderBy whether pages are asked for in the order of the business key
 * @param concurrency requests under way at the start
 * @param settings of single entities, by slug
 */
public record ConnectorSettings(
        String name,
        String type,
        URI url,
        Optional<Secret> token,
        Optional<String> username,
        Optional<Secret> password,
        String loginPath,
        List<String> entities,
        Schedule schedule,
        String schema,
        String tablePrefix,
        int pageSize,
        boolean dayFirst,
        boolean orderBy,
        int concurrency,
        Duration timeout,
        Duration dataTimeout,
        Duration discoverEvery,
        Duration retryTimeBudget,
        Duration throttleTimeBudget,
        String onSchemaChange,
        Map<String, EntitySettings> settings) {

    /** When runs start: every so often, or by a Quartz cron expression. */
    public record Schedule(Duration every, Optional<String> cron) {}

    /** What is set for one entity; all defaults where nothing is. */
    public EntitySettings entity(String slug) {
        return settings.getOrDefault(slug, EntitySettings.DEFAULTS);
    }

    /** Whether an API of this slug is to be synced. */
    public boolean wants(String slug) {
        Optional<Boolean> enabled = entity(slug).enabled();
        if (enabled.isPresent()) {
            return enabled.get();
        }
        return entities.stream().anyMatch(pattern -> Patterns.matches(pattern, slug));
    }
}
