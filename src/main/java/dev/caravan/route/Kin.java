package dev.caravan.route;

import dev.caravan.model.Row;
import dev.caravan.resolve.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an entity is to others of its connector. Immutable.
 *
 * @param parents the entities whose records come before its own; empty for none
 * @param awaited whether records of others wait for its own
 * @param family all entities that are related have the same; empty where it has no relatives
 */
record Kin(List<ParentLink> parents, boolean awaited, OptionalLong family) {
    /** Those that a row needs; empty where it needs nobody. */
    List<RecordKey> parentsOf(Row row) {
        List<RecordKey> keys = new ArrayList<>();
        for (ParentLink link : parents) {
            Optional.ofNullable(link.keyOf(row)).ifPresent(keys::add);
        }
        return keys;
    }

    /** The name for people of a parent that a row needs. */
    String reference(Row row, RecordKey parent) {
        return parents.stream()
                .filter(link -> parent.equals(link.keyOf(row)))
                .map(link -> link.reference(row))
                .findFirst()
                .orElse(parent.entity());
    }
}
