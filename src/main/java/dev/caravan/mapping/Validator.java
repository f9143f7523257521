package dev.caravan.mapping;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.math.BigDecimal;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Whether a row fits its table and its rules. Made once a run; safe for several threads. */
public final class Validator {
    /** Ten to the power of the index, as far as a long goes. */
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    private final Columns target;
    private final Mapper mapper;

    /**
     * A validator for one layout.
     *
     * @param mapper gives the layout, and the rules of the mappings
     */
    public Validator(Mapper mapper) {
        this.target = mapper.target();
        this.mapper = mapper;
    }

    /**
     * The same row, if it fits.
     *
     * @throws RecordFault of the stage VALIDATE, naming the column
     */
    public Row validate(Row row) {
        @Nullable Object[] values = row.values();
        for (int key : target.keyIndexes()) {
            if (values[key] == null) {
                throw fault("KEY_MISSING", target.get(key), "a part of the business key is empty");
            }
        }
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof String text) {
                length(target.get(i), text);
            } else if (value instanceof BigDecimal number) {
                digits(target.get(i), number);
            } else if (value instanceof Long whole) {
                digits(target.get(i), whole);
            }
        }
        mapper.check(values);
        return row;
    }

    private static void length(Column column, String text) {
        int most = column.type().kind() == ColumnType.Kind.TEXT ? column.type().length() : 0;
        if (most > 0 && text.length() > most && text.codePointCount(0, text.length()) > most) {
            throw fault("TEXT_TOO_LONG", column, "longer than " + most + " characters");
        }
    }

    private static void digits(Column column, long whole) {
        int precision =
                column.type().kind() == ColumnType.Kind.INTEGER ? column.type().precision() : 0;
        if (precision > 0 && precision < POWERS.length && (whole >= POWERS[precision] || whole <= -POWERS[precision])) {
            throw fault("NUMBER_TOO_LARGE", column, "does not fit " + column.type());
        }
    }

    private static void digits(Column column, BigDecimal number) {
        int precision = column.type().precision();
        if (precision == 0 || column.type().kind() != ColumnType.Kind.DECIMAL) {
            return;
        }
        int scale = column.type().scale();
        int before = number.precision() - number.scale();
        if (number.scale() > scale || before > precision - scale) {
            throw fault("NUMBER_TOO_LARGE", column, "does not fit " + column.type());
        }
    }

    private static RecordFault fault(String code, Column column, String what) {
        return new RecordFault("VALIDATE", code, column.name() + ": " + what);
    }
}
