package dev.caravan.route;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.Columns;
import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.schema.RowJson;
import dev.caravan.target.sql.Changes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stages of an entity, with the way of one record told as it passes. Safe for several threads. */
final class TracedShape implements RowShape {
    private final RowShape shape;
    private final String entity;
    private final String key;
    private final Consumer<String> teller;
    private volatile boolean seen;

    /** @param key values of the business key as the source writes them, with commas between */
    TracedShape(RowShape shape, String entity, String key, Consumer<String> teller) {
        this.shape = shape;
        this.entity = entity;
        this.key = key;
        this.teller = teller;
    }

    private boolean isIt(Row row) {
        String values = Arrays.stream(row.sourceColumns().keyIndexes())
                .mapToObj(index -> String.valueOf(row.raw()[index]).strip())
                .collect(Collectors.joining(","));
        return values.equals(key);
    }

    private void tell(String stage, String what) {
        teller.accept(entity + " [" + key + "] " + stage + ": " + what);
    }

    private Row step(String stage, Row row, UnaryOperator<Row> work) {
        if (!isIt(row)) {
            return work.apply(row);
        }
        try {
            Row made = work.apply(row);
            tell(stage, RowJson.write(made.columns(), made.values()));
            return made;
        } catch (RecordFault refused) {
            tell(stage, "refused, " + refused.code() + ": " + refused.getMessage());
            throw refused;
        }
    }

    @Override
    public Row normalise(Row row) {
        if (isIt(row)) {
            seen = true;
            String version = row.rowVersion() == null ? "" : ", row version " + row.rowVersion();
            tell("FETCH", RowJson.write(row.sourceColumns(), row.raw()) + version);
        }
        return step("NORMALISE", row, shape::normalise);
    }

    @Override
    public Row map(Row row) {
        return step("MAP", row, shape::map);
    }

    @Override
    public Row validate(Row row) {
        return step("VALIDATE", row, shape::validate);
    }

    @Override
    public Row identify(Row row) {
        Row identified = shape.identify(row);
        if (isIt(row)) {
            tell("IDENTITY", "key " + identified.keyHash() + ", data " + identified.dataHash());
        }
        return identified;
    }

    /** Tells what the target decided, once the decision is made and before it is committed. */
    void decided(List<Page> pages, Changes changes) {
        for (Changes.Batch batch : changes.batches()) {
            if (batch.sources().stream().anyMatch(this::isIt)) {
                tell("DELTA", batch.sql().startsWith("INSERT") ? "INSERT" : "UPDATE");
                return;
            }
        }
        boolean refused = changes.letters().stream().anyMatch(letter -> isNamed(letter.reference()));
        if (!refused && pages.stream().flatMap(page -> page.rows().stream()).anyMatch(this::isIt)) {
            tell(
                    "DELTA",
                    changes.stored().stream().anyMatch(this::isIt) ? "stored row by row" : "SKIP, it is stored so");
        }
        pages.stream()
                .flatMap(page -> page.refused().stream())
                .map(Refusal::letter)
                .filter(letter -> isNamed(letter.reference()))
                .forEach(letter -> tell(letter.stage(), "to the dead letters as " + letter.reference()));
    }

    private boolean isNamed(String reference) {
        return reference.contains("=" + key + "]") || reference.contains("[" + key + "]");
    }

    /** At the end of the run: whether the record came by. */
    void end() {
        if (!seen) {
            tell("FETCH", "no record with this key came");
        }
    }

    @Override
    public @Nullable String keyOf(Row row) {
        return shape.keyOf(row);
    }

    @Override
    public String reference(Row row, String hash) {
        return shape.reference(row, hash);
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
