package dev.caravan.route;

import dev.caravan.resolve.Cycles;
import dev.caravan.resolve.RecordKey;
import dev.caravan.resolve.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** For whom rows wait that are about to wait, and for whom those wait in turn. Made once a transaction; one thread. */
final class Ties {
    private static final int MOST = 10_000;
    private static final int MOST_NAMED = 6;

    private final RunPlan plan;
    private final Map<RecordKey, RecordKey> waitsFor = new LinkedHashMap<>();
    private final Map<RecordKey, String> names = new HashMap<>();

    Ties(RunPlan plan, List<Waiting> rows) {
        this.plan = plan;
        for (Waiting each : rows) {
            RecordKey self = new RecordKey(
                    plan.entity().name(), String.valueOf(each.row().keyHash()));
            waitsFor.put(self, each.parent());
            names.put(self, each.row().reference());
        }
        Set<RecordKey> ahead = new LinkedHashSet<>(waitsFor.values());
        ahead.removeAll(waitsFor.keySet());
        while (!ahead.isEmpty() && waitsFor.size() < MOST + rows.size()) {
            ahead = follow(ahead);
        }
    }

    /** Takes those among some records that wait themselves; answers for whom, as far as that is news. */
    private Set<RecordKey> follow(Set<RecordKey> records) {
        Map<String, Set<String>> byEntity = new HashMap<>();
        records.forEach(key ->
                byEntity.computeIfAbsent(key.entity(), any -> new HashSet<>()).add(key.keyHash()));
        Set<RecordKey> next = new LinkedHashSet<>();
        Stores stores = plan.stores();
        byEntity.forEach((entity, keys) -> stores.entities().find(entity).ifPresent(record -> {
            stores.waiting()
                    .among(record.uid(), keys)
                    .forEach(child -> take(
                            new RecordKey(entity, child.keyHash()),
                            child.reference(),
                            new RecordKey(child.parentEntity(), child.parentKeyHash()),
                            next));
            stores.orphans()
                    .links(record.uid(), keys)
                    .forEach((key, link) -> take(
                            new RecordKey(entity, key),
                            link.reference(),
                            new RecordKey(link.parentEntity(), link.parentKeyHash()),
                            next));
        }));
        next.removeAll(waitsFor.keySet());
        return next;
    }

    private void take(RecordKey record, String name, RecordKey parent, Set<RecordKey> next) {
        if (waitsFor.putIfAbsent(record, parent) == null) {
            names.put(record, name);
            next.add(parent);
        }
    }

    /** All records that wait for themselves in the end. */
    Set<RecordKey> ring() {
        return Cycles.members(waitsFor);
    }

    /** Tells the ring that a record belongs to. */
    String story(RecordKey member) {
        List<String> told = new ArrayList<>();
        List<RecordKey> ring = Cycles.ring(member, waitsFor);
        for (RecordKey key : ring.subList(0, Math.min(ring.size(), MOST_NAMED))) {
            told.add(nameOf(key));
        }
        if (ring.size() > MOST_NAMED) {
            told.add((ring.size() - MOST_NAMED) + " more");
        }
        told.add(nameOf(member));
        return "It waits for itself: " + String.join(" waits for ", told) + "; correct one of them at the source";
    }

    private String nameOf(RecordKey key) {
        return Optional.ofNullable(names.get(key)).orElse(key.entity());
    }
}
