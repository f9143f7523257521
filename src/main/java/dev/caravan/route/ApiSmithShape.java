package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Layer;
import dev.caravan.fault.RecordFault;
import dev.caravan.identity.Identifier;
import dev.caravan.mapping.Mapper;
import dev.caravan.mapping.Validator;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Row;
import dev.caravan.normalize.Normaliser;
import dev.caravan.normalize.NormaliserOptions;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of APISmith: values as an ERP writes them are read by the types of its metadata. */
final class ApiSmithShape implements RowShape {
    private final Columns columns;
    private final Normaliser normaliser;
    private final Mapper mapper;
    private final Validator validator;
    private final Identifier identifier;

    ApiSmithShape(EntityRecord entity, ConnectorSettings connector, Mapper mapper) {
        this.columns = entity.columns();
        Set<Layer> layers = connector.entity(entity.slug()).layers();
        NormaliserOptions options = new NormaliserOptions(
                connector.dayFirst(),
                ZoneOffset.UTC,
                layers.contains(Layer.TEXTS),
                layers.contains(Layer.NUMBERS),
                layers.contains(Layer.DATES));
        this.normaliser = new Normaliser(columns, options);
        this.mapper = mapper;
        this.validator = new Validator(mapper);
        this.identifier = new Identifier(entity.slug(), columns, mapper.target());
    }

    @Override
    public Row normalise(Row row) {
        return normaliser.normalise(row);
    }

    @Override
    public Row map(Row row) {
        return mapper.map(row);
    }

    @Override
    public Row validate(Row row) {
        return validator.validate(row);
    }

    @Override
    public Row identify(Row row) {
        return identifier.identify(row);
    }

    @Override
    public @Nullable String keyOf(Row row) {
        int[] keys = columns.keyIndexes();
        if (keys.length == 0) {
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        try {
            for (int key : keys) {
                values[key] = normaliser.value(key, row.raw()[key]);
            }
        } catch (RecordFault unreadable) {
            return null;
        }
        return identifier.keyHash(values);
    }

    @Override
    public String reference(Row row, String key) {
        return identifier.reference(row.raw(), key);
    }

    @Override
    public String hashOf(@Nullable Object[] values) {
        return identifier.dataHash(values);
    }

    @Override
    public Columns target() {
        return mapper.target();
    }
}
