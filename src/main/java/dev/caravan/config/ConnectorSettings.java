package dev.caravan.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One remote system.
 *
 * @param name as the keys name it
 * @param type {@code dataverse}, {@code apismith}, {@code sharepoint}, {@code schedulehub} or {@code rest}
 * @param url base URL without a slash at its end
 * @param token a ready token; else {@code username} and {@code password}
 * @param loginPath path of the login below the base URL
 * @param targetPaths where records are sent to; all defaults for other types
 * @param microsoft how to log in at Microsoft; all defaults for other types
 * @param entities names and patterns of what is synced; empty for none
 * @param entitiesFile list of entities in a file, made absolute
 * @param schedule when its entities are synced
 * @param database name of the database for its tables and their state; empty for the main one
 * @param schema where the tables go in PostgreSQL
 * @param tablePrefix put before each table's name; empty for none
 * @param pageSize records a page
 * @param dayFirst whether {@code 08-12-2025} is the 8th of December
 * @param orderBy whether pages are asked for in the order of the business key
 * @param concurrency requests under way at the start; empty for as many as the source recommends, or 10
 * @param timeout longest wait for an answer
 * @param dataTimeout longest wait for a page of records
 * @param discoverEvery how often a running server looks for new and changed APIs
 * @param schemaEvery how often a running server reads the schema again
 * @param overlap age of the cursor that is asked from
 * @param retryTimeBudget how long a failing request is tried before the run fails
 * @param throttleTimeBudget how long a run waits for a throttling source before it ends
 * @param runTries how often a scheduled run is tried before it has failed
 * @param runRetryDelay time before its second try, doubled before each further one
 * @param onSchemaChange {@code lock}, {@code evolve} or {@code freeze}
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
        TargetPaths targetPaths,
        Microsoft microsoft,
        List<String> entities,
        Optional<Path> entitiesFile,
        Schedule schedule,
        Optional<String> database,
        String schema,
        String tablePrefix,
        int pageSize,
        boolean dayFirst,
        boolean orderBy,
        OptionalInt concurrency,
        Duration timeout,
        Duration dataTimeout,
        Duration discoverEvery,
        Duration schemaEvery,
        Duration overlap,
        Duration retryTimeBudget,
        Duration throttleTimeBudget,
        int runTries,
        Duration runRetryDelay,
        String onSchemaChange,
        Map<String, EntitySettings> settings) {

    /** When runs start: every so often, or by a Quartz cron expression. */
    public record Schedule(Duration every, Optional<String> cron) {}

    /**
     * Paths below the base URL of a system that takes batches of records; {@code {entity}} stands for the entity's name.
     *
     * @param batch takes, changes and deletes records
     * @param lookUp finds records by business-key hash
     */
    public record TargetPaths(String batch, String lookUp) {}

    /**
     * Client credentials.
     *
     * @param authority login host
     * @param tenant empty where it is to be found out
     * @param scope empty where it follows from the URL
     */
    public record Microsoft(
            URI authority,
            Optional<String> tenant,
            Optional<String> clientId,
            Optional<Secret> clientSecret,
            Optional<String> scope) {}

    /** How often a running server asks what it publishes. */
    public Duration lookEvery() {
        return type.equals("dataverse") ? schemaEvery : discoverEvery;
    }

    /** What is set for one entity; all defaults where nothing is. */
    public EntitySettings entity(String slug) {
        return settings.getOrDefault(slug, EntitySettings.DEFAULTS);
    }

    /** Whether an entity of this name is to be synced. */
    public boolean wants(String slug) {
        Optional<Boolean> enabled = entity(slug).enabled();
        if (enabled.isPresent()) {
            return enabled.get();
        }
        return entities.stream().anyMatch(pattern -> Patterns.matches(pattern, slug));
    }
}
