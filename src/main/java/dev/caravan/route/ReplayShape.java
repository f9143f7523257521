package dev.caravan.route;

import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import org.jspecify.annotations.Nullable;

/** The stages of an entity for its dead letters, which keep the name under which they are known. Immutable. */
final class ReplayShape implements RowShape {
    private final RowShape shape;

    ReplayShape(RowShape shape) {
        this.shape = shape;
    }

    @Override
    public Row normalise(Row row) {
        return shape.normalise(row);
    }

    @Override
    public Row map(Row row) {
        return shape.map(row);
    }

    @Override
    public Row validate(Row row) {
        return shape.validate(row);
    }

    @Override
    public Row identify(Row row) {
        String known = row.reference();
        Row identified = shape.identify(row);
        return identified.identified(
                String.valueOf(identified.keyHash()), String.valueOf(identified.dataHash()), any -> known);
    }

    @Override
    public @Nullable String keyOf(Row row) {
        return shape.keyOf(row);
    }

    @Override
    public String reference(Row row, String key) {
        return row.reference().isEmpty() ? shape.reference(row, key) : row.reference();
    }

    @Override
    public String hashOf(@Nullable Object[] values) {
        return shape.hashOf(values);
    }

    @Override
    public Columns target() {
        return shape.target();
    }
}
