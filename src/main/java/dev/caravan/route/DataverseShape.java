package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.RecordFault;
import dev.caravan.identity.RecordIdentifier;
import dev.caravan.mapping.Mapper;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Row;
import dev.caravan.normalize.TypedJson;
import dev.caravan.source.dataverse.DataversePageReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
    private final RecordIdentifier whole;
    private final DataversePageReader reader;

    /** @param unreadable columns that come without their values */
    DataverseShape(EntityRecord entity, Mapper mapper, Set<String> unreadable) {
        this.set = entity.slug();
        this.columns = entity.columns();
        this.types = new TypedJson(columns);
        this.mapper = mapper;
        Set<String> without = new HashSet<>(VOLATILE);
        without.addAll(unreadable);
        this.identifier = new RecordIdentifier(entity.slug(), columns, mapper.target(), without);
        this.whole = new RecordIdentifier(entity.slug(), columns, mapper.target(), VOLATILE);
        this.reader = new DataversePageReader(set, columns);
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
    public String hashOf(@Nullable Object[] values) {
        return identifier.dataHash(values);
    }

    @Override
    public String wholeHashOf(@Nullable Object[] values) {
        return whole.dataHash(values);
    }

    @Override
    public Optional<String> hashOfRecord(String json) {
        byte[] page = ("{\"value\":[" + json + "]}").getBytes(StandardCharsets.UTF_8);
        try {
            List<Row> rows = reader.read(page, false).rows();
            return Optional.of(
                    rows.size() == 1
                            ? identifier.dataHash(map(normalise(rows.get(0))).values())
                            : "");
        } catch (CaravanException | RecordFault unreadable) {
            return Optional.of("");
        }
    }

    @Override
    public Columns target() {
        return mapper.target();
    }
}
