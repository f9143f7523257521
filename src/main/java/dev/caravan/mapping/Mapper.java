package dev.caravan.mapping;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays a row out as the target's columns, transformed as configured. Made once a run; safe for several threads. */
public final class Mapper {
    private final Columns target;
    private final @Nullable Chain[] chains;
    private final boolean plain;

    /**
     * @param source the layout of normalised values
     * @param names the target's safe name of each source column, in order
     * @param mappings {@code target | transformation …} by source field, without regard to case
     * @throws CaravanException MAPPING_WRONG naming the field, if a chain cannot be read or names no field
     */
    public Mapper(Columns source, List<String> names, Map<String, String> mappings) {
        Map<String, String> byField = new HashMap<>();
        mappings.forEach((field, chain) -> {
            if (source.indexOf(field) < 0) {
                throw new CaravanException(
                        FaultKind.CONFIGURATION, "MAPPING_WRONG", "map." + field + ": the source has no such field");
            }
            byField.put(field.toLowerCase(Locale.ROOT), chain);
        });
        this.chains = new @Nullable Chain[source.size()];
        List<Column> columns = new ArrayList<>(source.size());
        for (int i = 0; i < chains.length; i++) {
            String chain = byField.get(source.get(i).name().toLowerCase(Locale.ROOT));
            String name = names.get(i);
            ColumnType type = source.get(i).type();
            if (chain != null) {
                Chain parsed = Chain.parse(source.get(i), source, chain);
                chains[i] = parsed;
                name = parsed.target().isEmpty() ? name : parsed.target();
                type = parsed.type();
            }
            columns.add(source.get(i).renamed(name).typed(type));
        }
        List<String> keys = new ArrayList<>();
        for (int index : source.keyIndexes()) {
            keys.add(columns.get(index).name());
        }
        this.target = unlike(columns, keys);
        this.plain = byField.isEmpty();
    }

    private static Columns unlike(List<Column> columns, List<String> keys) {
        try {
            return new Columns(columns, keys);
        } catch (IllegalArgumentException twice) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "MAPPING_WRONG",
                    twice.getMessage() + " after the mappings; give one of them another target",
                    twice);
        }
    }

    /** The target's layout. */
    public Columns target() {
        return target;
    }

    /**
     * The row laid out as the target's columns.
     *
     * @throws RecordFault of the stage MAP, naming the field
     */
    public Row map(Row row) {
        @Nullable Object[] values = row.values();
        if (plain) {
            return row.mapped(target, values);
        }
        @Nullable Object[] mapped = values.clone();
        for (int i = 0; i < mapped.length; i++) {
            Chain chain = chains[i];
            if (chain != null) {
                mapped[i] = chain.apply(values[i], values);
            }
        }
        return row.mapped(target, mapped);
    }

    /**
     * Checks the rules of the mappings.
     *
     * @throws RecordFault of the stage VALIDATE
     */
    public void check(@Nullable Object[] mapped) {
        for (int i = 0; i < mapped.length && !plain; i++) {
            Chain chain = chains[i];
            if (chain != null) {
                chain.check(mapped[i]);
            }
        }
    }
}
