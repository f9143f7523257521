package dev.caravan.normalize;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values of a row the declared types: layers 1 to 4. Made once a layout; safe for several threads.
 *
 * <p>What comes out is, by {@link ColumnType.Kind}: String, Long, BigDecimal without trailing zeros, Double, LocalDate,
 * Instant, Boolean, byte[], or null.
 */
public final class Normaliser {
    private static final int EXCERPT = 40;

    private final Columns columns;
    private final NormaliserOptions options;
    private final Dates dates;

    public Normaliser(Columns columns, NormaliserOptions options) {
        this.columns = columns;
        this.options = options;
        this.dates = new Dates(options.dayFirst(), options.zone());
    }

    /**
     * The row with values of the declared types.
     *
     * @throws RecordFault of the stage NORMALISE, naming the column and what was expected
     */
    public Row normalise(Row row) {
        @Nullable Object[] raw = row.raw();
        @Nullable Object[] typed = new @Nullable Object[raw.length];
        for (int i = 0; i < typed.length; i++) {
            typed[i] = value(i, raw[i]);
        }
        return row.normalised(typed);
    }

    /** One value of one column, by the index of the column. */
    public @Nullable Object value(int index, @Nullable Object raw) {
        Column column = columns.get(index);
        Object value = raw;
        if (raw instanceof String text && (options.cleanTexts() || column.type().kind() != ColumnType.Kind.TEXT)) {
            value = Texts.clean(text);
        }
        if (value == null) {
            return null;
        }
        return switch (column.type().kind()) {
            case TEXT, JSON, UUID -> text(value);
            case INTEGER -> integer(column, value);
            case DECIMAL -> decimal(column, value);
            case DOUBLE -> floating(column, value);
            case DATE -> date(column, value);
            case TIMESTAMP -> timestamp(column, value);
            case BOOLEAN -> bool(column, value);
            case BINARY -> binary(column, value);
        };
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number && Numbers.isBounded(number)
                ? number.toPlainString()
                : value.toString();
    }

    private BigDecimal decimal(Column column, Object value) {
        BigDecimal number = null;
        if (value instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (value instanceof BigDecimal exact) {
            number = Numbers.isBounded(exact) ? exact : null;
        } else if (value instanceof String text) {
            number = options.anyNumbers() ? Numbers.parse(text) : Numbers.exact(text);
        }
        if (number == null) {
            throw fault("NUMBER_UNREADABLE", column, value, "a number");
        }
        return number.scale() == 0 ? number : plain(number.stripTrailingZeros());
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private Long integer(Column column, Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        try {
            return decimal(column, value).longValueExact();
        } catch (ArithmeticException notWhole) {
            throw fault("NUMBER_OUT_OF_RANGE", column, value, "a whole number of at most 64 bits");
        }
    }

    private Double floating(Column column, Object value) {
        double number = decimal(column, value).doubleValue();
        if (Double.isInfinite(number)) {
            throw fault("NUMBER_OUT_OF_RANGE", column, value, "a finite double");
        }
        return number;
    }

    private boolean isNoDate(Object value) {
        return value instanceof Boolean || !options.anyDates() && !Dates.isIso(value.toString());
    }

    private LocalDate date(Column column, Object value) {
        Dates.When when = isNoDate(value) ? null : dates.when(value.toString());
        if (when == null) {
            throw fault("DATE_UNREADABLE", column, value, "a date");
        }
        if (!when.time().equals(LocalTime.MIN)) {
            throw fault(
                    "DATE_HAS_TIME", column, value, "a date without a time of day; declare it TIMESTAMP at the source");
        }
        return when.date();
    }

    private Instant timestamp(Column column, Object value) {
        Instant instant = isNoDate(value) ? null : dates.instant(value.toString());
        if (instant == null) {
            throw fault("TIME_UNREADABLE", column, value, "a date and time");
        }
        return instant;
    }

    private static Boolean bool(Column column, Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        return switch (value.toString().toLowerCase(Locale.ROOT)) {
            case "1", "y", "yes", "t", "true", "on" -> true;
            case "0", "n", "no", "f", "false", "off" -> false;
            default -> throw fault("BOOLEAN_UNREADABLE", column, value, "true or false");
        };
    }

    private static byte[] binary(Column column, Object value) {
        String text = value.toString();
        try {
            boolean hex = text.length() % 2 == 0 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
            return hex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException neither) {
            throw fault("BINARY_UNREADABLE", column, value, "hexadecimal digits or Base64");
        }
    }

    private static RecordFault fault(String code, Column column, Object value, String expected) {
        String text = value.toString();
        String shown = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
        return new RecordFault("NORMALISE", code, column.name() + ": '" + shown + "' is not " + expected);
    }
}
