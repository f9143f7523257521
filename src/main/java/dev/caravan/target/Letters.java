package dev.caravan.target;

import dev.caravan.model.DeadLetter;
import dev.caravan.model.Row;
import dev.caravan.schema.RowJson;
import org.jspecify.annotations.Nullable;

/** Rows that went through all stages and are refused at the target, as dead letters. Stateless. */
public final class Letters {
    private Letters() {}

    /** A row with all its forms, and why it is refused. */
    public static DeadLetter of(Row row, String stage, String code, String message) {
        @Nullable Object[] normalised = row.normalisedValues();
        return new DeadLetter(
                stage,
                code,
                "BAD_DATA",
                message,
                row.reference(),
                RowJson.write(row.sourceColumns(), row.raw()),
                normalised == null ? null : RowJson.write(row.sourceColumns(), normalised),
                RowJson.write(row.columns(), row.values()),
                row.rowVersion());
    }

    /** The later one of two rows whose keys are the same only once they are normalised. */
    public static DeadLetter twin(Row row) {
        return of(
                row,
                "DELTA",
                "DUPLICATE_KEY",
                "Another row of the source has the same business key once both are normalised; correct one of them");
    }
}
