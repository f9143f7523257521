package dev.caravan.config;

import dev.caravan.model.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is set for one entity; empty where the connector's or the source's word holds.
 *
 * @param enabled whether it is synced, instead of what the connector's list says
 * @param schedule when it is synced, instead of the connector's schedule
 * @param target name of the connector that it is written to; empty for the database
 * @param targetTable name of its table
 * @param strategy how changed rows are found, instead of what the source says; always empty for Dataverse
 * @param markDeletes whether rows that are gone are marked
 * @param fullPassEvery how often an entity on row versions is listed whole; zero for every run, empty for never
 * @param history whether versions of rows are kept
 * @param window the only time of day at which it is synced
 * @param parents records that must be stored before one of these; empty for none
 * @param layers what is done with values before the mapping
 * @param mappings {@code target | transformation …} by source field
 * @param dataverse what only a Dataverse table has
 */
public record EntitySettings(
        Optional<Boolean> enabled,
        Optional<ConnectorSettings.Schedule> schedule,
        Optional<String> target,
        Optional<String> targetTable,
        Optional<Strategy> strategy,
        boolean markDeletes,
        Optional<Duration> fullPassEvery,
        boolean history,
        Optional<Window> window,
        List<Parent> parents,
        Set<Layer> layers,
        Map<String, String> mappings,
        Dataverse dataverse) {

    /** Nothing set. */
    public static final EntitySettings DEFAULTS = new EntitySettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.of(Duration.ofDays(1)),
            false,
            Optional.empty(),
            List.of(),
            Layer.ALL,
            Map.of(),
            Dataverse.DEFAULTS);

    /** The same for a Dataverse table of which only rows are wanted that others refer to. */
    public EntitySettings linkedFrom(String columns) {
        Dataverse linked = new Dataverse(
                dataverse.strategy,
                dataverse.filter,
                Optional.of(columns),
                dataverse.columns,
                dataverse.deletes,
                dataverse.deleteSweepEvery);
        return new EntitySettings(
                enabled,
                schedule,
                target,
                targetTable,
                strategy,
                markDeletes,
                fullPassEvery,
                history,
                window,
                parents,
                layers,
                mappings,
                linked);
    }

    /**
     * An entity of the same connector whose records come first.
     *
     * @param entity its slug
     * @param fields fields of this entity, and which field of the parent's key each holds, as they are written
     */
    public record Parent(String entity, Map<String, String> fields) {}

    /**
     * A Dataverse table.
     *
     * @param strategy {@code auto}, {@code track}, {@code version}, {@code modified} or {@code full}
     * @param columns empty for all
     * @param deletes {@code auto}, {@code track}, {@code sweep} or {@code off}
     * @param deleteSweepEvery zero for every run, empty for never
     */
    public record Dataverse(
            String strategy,
            Optional<String> filter,
            Optional<String> onlyLinkedFrom,
            List<String> columns,
            String deletes,
            Optional<Duration> deleteSweepEvery) {
        static final Dataverse DEFAULTS = new Dataverse(
                "auto", Optional.empty(), Optional.empty(), List.of(), "auto", Optional.of(Duration.ofDays(1)));
    }
}
