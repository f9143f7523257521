package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import dev.caravan.route.Stores;
import dev.caravan.store.StatisticsRepository;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums over what is remembered, as {@code status --json} prints them. Not safe for several threads. */
final class Statistics {
    private final Table latest =
            new Table("entity", "run", "status", "started", "fetched", "efficiency", "success_rate");
    private final Table runs = new Table("entity", "status", "count");
    private final Table letters = new Table("entity", "stage", "type", "code", "retryable", "count");
    private final Table children = new Table("parent", "entity", "missing_parents", "count");
    private final Table alerts = new Table("kind", "subject", "message", "raised");

    /** Adds what is remembered in each database. */
    void add(State state) {
        Map<String, String> names = new HashMap<>();
        for (EntityRecord entity : state.entities()) {
            names.put(entity.uid(), entity.name());
        }
        state.all().forEach(stores -> add(stores, names));
    }

    private void add(Stores stores, Map<String, String> names) {
        addRuns(stores.statistics(), names);
        addRecords(stores.statistics(), names);
        stores.alerts()
                .open()
                .forEach(alert -> alerts.row(alert.kind(), alert.subject(), alert.message(), alert.raisedAt()));
    }

    private void addRuns(StatisticsRepository sums, Map<String, String> names) {
        sums.newest()
                .forEach(run -> latest.row(
                        names.getOrDefault(run.entityUid(), run.entityUid()),
                        run.run(),
                        run.status(),
                        run.startedAt(),
                        run.fetched(),
                        run.efficiency(),
                        run.successRate()));
        sums.runs()
                .forEach(some ->
                        runs.row(names.getOrDefault(some.entityUid(), some.entityUid()), some.status(), some.count()));
    }

    private void addRecords(StatisticsRepository sums, Map<String, String> names) {
        sums.letters()
                .forEach(some -> letters.row(
                        names.getOrDefault(some.entityUid(), some.entityUid()),
                        some.stage(),
                        some.type(),
                        some.code(),
                        some.retryable(),
                        some.count()));
        sums.children()
                .forEach(some -> children.row(
                        some.parent(),
                        names.getOrDefault(some.entityUid(), some.entityUid()),
                        some.parents(),
                        some.count()));
    }

    /** A list for each kind of sum; empty lists where there is nothing. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("latest_runs", latest.data());
        document.put("runs", runs.data());
        document.put("failed_records", letters.data());
        document.put("pending_children", children.data());
        document.put("alerts", alerts.data());
        return document;
    }
}
