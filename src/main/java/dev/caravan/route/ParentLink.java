package dev.caravan.route;

import dev.caravan.config.EntitySettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.fault.RecordFault;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Row;
import dev.caravan.resolve.RecordKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a child's row to its parent's key. Made once a run; safe for several threads. */
final class ParentLink {
    private final EntityRecord parent;
    private final RowShape shape;
    /** Index of the parent's key column by that of the child's. */
    private final Map<Integer, Integer> indexes = new LinkedHashMap<>();

    /**
     * @param shape how the parent's own rows are read, so that both sides make the same key of the same value
     * @throws CaravanException PARENT_WRONG where the fields are not the parent's key
     */
    ParentLink(EntityRecord child, EntityRecord parent, RowShape shape, EntitySettings.Parent setting) {
        this.parent = parent;
        this.shape = shape;
        Columns fields = child.columns();
        Columns keys = parent.columns();
        setting.fields().forEach((field, key) -> {
            if (fields.indexOf(field) < 0) {
                throw wrong(child, "it has no field " + field);
            }
            if (keys.indexOf(key) < 0 || !keys.get(keys.indexOf(key)).key()) {
                throw wrong(child, key + " is no key of " + parent.name() + ", which has " + keys.keyNames());
            }
            indexes.put(fields.indexOf(field), keys.indexOf(key));
        });
        if (indexes.size() != keys.keyIndexes().length) {
            throw wrong(child, "all keys of " + parent.name() + " must be named: " + keys.keyNames());
        }
    }

    static CaravanException wrong(EntityRecord child, String what) {
        return new CaravanException(
                FaultKind.CONFIGURATION, "PARENT_WRONG", child.name() + ": its parents cannot be told: " + what);
    }

    EntityRecord parent() {
        return parent;
    }

    /**
     * The parent that a row names; null where one of its fields is empty, so that it needs none.
     *
     * @throws RecordFault of the stage RESOLVE where a field cannot be such a key
     */
    @Nullable
    RecordKey keyOf(Row child) {
        Row named = named(child);
        if (named == null) {
            return null;
        }
        String hash = shape.keyOf(named);
        if (hash == null) {
            throw new RecordFault(
                    "RESOLVE",
                    "PARENT_KEY_UNREADABLE",
                    "The record names a parent that cannot be a record of " + parent.name()
                            + ": the key is not of its type");
        }
        return new RecordKey(parent.name(), hash);
    }

    /** The parent of a row as a person calls it. */
    String reference(Row child) {
        Row named = named(child);
        return named == null ? parent.slug() : shape.reference(named, "????????");
    }

    /** As much of the parent's row as the child tells. */
    private @Nullable Row named(Row child) {
        @Nullable Object[] raw = new @Nullable Object[parent.columns().size()];
        for (Map.Entry<Integer, Integer> index : indexes.entrySet()) {
            Object value = child.raw()[index.getKey()];
            if (value == null || value instanceof String text && text.isBlank()) {
                return null;
            }
            raw[index.getValue()] = value;
        }
        return Row.raw(parent.columns(), raw, null, "", null);
    }
}
