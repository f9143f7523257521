package dev.caravan.route;

import dev.caravan.model.Row;
import dev.caravan.store.PendingChildRepository.Child;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of some rows are not stored as they are for want of their parents. Immutable.
 *
 * @param waiting business-key hashes of those that wait
 * @param refused the same of those that are dead letters
 */
record Unplaced(Set<String> waiting, Set<String> refused) {
    private static final Unplaced NONE = new Unplaced(Set.of(), Set.of());

    static Unplaced of(RunPlan plan, List<Row> rows) {
        if (plan.kin().parents().isEmpty() || rows.isEmpty()) {
            return NONE;
        }
        String entity = plan.entity().uid();
        List<String> keys =
                rows.stream().map(row -> String.valueOf(row.keyHash())).toList();
        Set<String> waiting = new HashSet<>();
        plan.stores().waiting().among(entity, keys).stream().map(Child::keyHash).forEach(waiting::add);
        return new Unplaced(
                waiting, Set.copyOf(plan.stores().orphans().links(entity, keys).keySet()));
    }
}
