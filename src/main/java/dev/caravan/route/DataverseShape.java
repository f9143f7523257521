package dev.caravan.route;

import dev.caravan.fault.RecordFault;
import dev.caravan.identity.RecordIdentifier;
import dev.caravan.mapping.Mapper;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Row;
import dev.caravan.normalize.TypedJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the stages make of a row of Dataverse: its values have their types already, and its key is its own. */
final class DataverseShape implements RowShape {
    private static final Set<String> VOLATILE = Set.of("versionnumber");

    private final String set;
    private final Columns columns;
    private final TypedJson types;
    private final Mapper mapper;
    private final RecordIdentifier identifier;

    DataverseShape(EntityRecord entity, Mapper mapper) {
        this.set = entity.slug();
        this.columns = entity.columns();
        this.types = new TypedJson(columns);
        this.mapper = mapper;
        this.identifier = new RecordIdentifier(entity.slug(), columns, mapper.target(), VOLATILE);
    }

    @Override
    public Row normalise(Row row) {
        return types.normalise(row);
    }

    @Override
    public Row map(Row row) {
        return mapper.map(row);
    }

    @Override
    public Row validate(Row row) {
        for (int key : mapper.target().keyIndexes()) {
            if (row.values()[key] == null) {
                throw new RecordFault(
                        "VALIDATE", "KEY_MISSING", columns.get(key).name() + ": the key is empty");
            }
        }
        mapper.check(row.values());
        return row;
    }

    @Override
    public Row identify(Row row) {
        return identifier.identify(row);
    }

    @Override
    public @Nullable String keyOf(Row row) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        try {
            for (int key : columns.keyIndexes()) {
                values[key] = types.value(key, row.raw()[key]);
                if (values[key] == null) {
                    return null;
                }
            }
        } catch (RecordFault unreadable) {
            return null;
        }
        return identifier.keyText(values);
    }

    @Override
    public String reference(Row row, String key) {
        return set + "[" + key + "]";
    }

    @Override
    public Columns target() {
        return mapper.target();
    }
}
