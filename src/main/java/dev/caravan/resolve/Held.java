package dev.caravan.resolve;

import dev.caravan.model.DeadLetter;
import dev.caravan.model.Row;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Rows that are not stored now, for want of their parents.
 *
 * @param waiting they wait
 * @param orphans they are dead letters
 * @param cycle records that wait since earlier and belong to a cycle that these rows close: dead letters now, too
 */
public record Held(List<Waiting> waiting, List<Orphan> orphans, List<InCycle> cycle) {
    /** Nothing is held. */
    public static final Held NONE = new Held(List.of(), List.of(), List.of());

    /**
     * A record that waits, and for itself in the end.
     *
     * @param message names the cycle
     */
    public record InCycle(RecordKey key, String message) {}

    /** Whether all rows may be stored. */
    public boolean isEmpty() {
        return waiting.isEmpty() && orphans.isEmpty();
    }

    /** The rows themselves. */
    public Set<Row> rows() {
        Set<Row> rows = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.forEach(each -> rows.add(each.row()));
        orphans.forEach(each -> rows.add(each.row()));
        return rows;
    }

    /** The dead letters among them. */
    public List<DeadLetter> letters() {
        return orphans.stream().map(Orphan::letter).toList();
    }

    /** Business-key hashes of the rows that wait. */
    public List<String> waitingKeys() {
        return waiting.stream()
                .map(each -> String.valueOf(each.row().keyHash()))
                .toList();
    }

    /** Business-key hashes of all rows that are held. */
    public List<String> keys() {
        return rows().stream().map(row -> String.valueOf(row.keyHash())).toList();
    }
}
