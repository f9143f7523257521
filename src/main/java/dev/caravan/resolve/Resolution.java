package dev.caravan.resolve;

import dev.caravan.model.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides which rows may be stored: those whose parents are, or are stored together with them. Stateless. */
public final class Resolution {
    private Resolution() {}

    /**
     * A row and those it needs.
     *
     * @param parents empty where it needs nobody
     */
    public record Candidate(Row row, List<RecordKey> parents) {}

    /**
     * The rows that must wait, in their order.
     *
     * <p>A row that names itself as its parent needs nobody. Rows of one entity may be each other's parents, through any
     * number of generations.
     *
     * @param entity whose rows they are
     * @param stored those among all parents that are stored
     */
    public static List<Waiting> waiting(String entity, List<Candidate> candidates, Set<RecordKey> stored) {
        Map<RecordKey, List<Candidate>> waiters = new HashMap<>();
        Map<Row, Integer> missing = new HashMap<>();
        Deque<RecordKey> arrived = new ArrayDeque<>();
        Set<RecordKey> accepted = new HashSet<>();
        for (Candidate candidate : candidates) {
            RecordKey self = keyOf(entity, candidate.row());
            int count = 0;
            for (RecordKey parent : candidate.parents()) {
                if (!stored.contains(parent) && !parent.equals(self)) {
                    waiters.computeIfAbsent(parent, any -> new ArrayList<>()).add(candidate);
                    count++;
                }
            }
            missing.put(candidate.row(), count);
            if (count == 0) {
                arrived.add(self);
            }
        }
        while (!arrived.isEmpty()) {
            RecordKey parent = arrived.remove();
            accepted.add(parent);
            for (Candidate child : waiters.getOrDefault(parent, Collections.emptyList())) {
                if (missing.merge(child.row(), -1, Integer::sum) == 0) {
                    arrived.add(keyOf(entity, child.row()));
                }
            }
        }
        List<Waiting> waiting = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (missing.getOrDefault(candidate.row(), 0) > 0) {
                waiting.add(new Waiting(candidate.row(), firstMissing(entity, candidate, stored, accepted)));
            }
        }
        return waiting;
    }

    private static RecordKey keyOf(String entity, Row row) {
        return new RecordKey(entity, String.valueOf(row.keyHash()));
    }

    private static RecordKey firstMissing(
            String entity, Candidate candidate, Set<RecordKey> stored, Set<RecordKey> accepted) {
        RecordKey self = keyOf(entity, candidate.row());
        return candidate.parents().stream()
                .filter(parent -> !stored.contains(parent) && !accepted.contains(parent) && !parent.equals(self))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A row that waits has a parent that is missing"));
    }
}
