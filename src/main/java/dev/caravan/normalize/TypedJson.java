package dev.caravan.normalize;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gives values of a source with typed JSON (<a
 * href="https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html#sec_PrimitiveValue">OData
 * JSON format, primitive values</a>) the types of their columns. Nothing is trimmed or guessed. Made once a layout; safe
 * for several threads.
 */
public final class TypedJson {
    private static final int EXCERPT = 40;
    private static final int UUID_LENGTH = 36;
    private static final String MIDNIGHT = "T00:00:00";

    private final Columns columns;

    public TypedJson(Columns columns) {
        this.columns = columns;
    }

    /**
     * The row with values of the declared types: String, Long, BigDecimal without trailing zeros, Double, LocalDate,
     * Instant, Boolean, byte[], or null.
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
        if (raw == null) {
            return null;
        }
        Column column = columns.get(index);
        try {
            return switch (column.type().kind()) {
                case TEXT, JSON -> raw instanceof BigDecimal number ? number.toPlainString() : raw.toString();
                case UUID -> uuid(column, raw);
                case INTEGER ->
                    raw instanceof Long whole ? whole : (Object) number(raw).longValueExact();
                case DECIMAL -> exact(number(raw));
                case DOUBLE -> finite(column, raw);
                case DATE -> date(raw.toString());
                case TIMESTAMP -> instant(raw.toString());
                case BOOLEAN -> truth(column, raw);
                case BINARY ->
                    Base64.getDecoder().decode(raw.toString().replace('-', '+').replace('_', '/'));
            };
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException unfit) {
            throw fault(column, raw);
        }
    }

    private static BigDecimal number(Object raw) {
        if (raw instanceof BigDecimal number) {
            return number;
        }
        return raw instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal(raw.toString());
    }

    private static BigDecimal exact(BigDecimal number) {
        if (!Numbers.isBounded(number)) {
            throw new ArithmeticException("too long to be written out");
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Double finite(Column column, Object raw) {
        double number = number(raw).doubleValue();
        if (Double.isInfinite(number)) {
            throw fault(column, raw);
        }
        return number;
    }

    private static String uuid(Column column, Object raw) {
        String text = raw.toString();
        if (text.length() != UUID_LENGTH) {
            throw fault(column, raw);
        }
        boolean lower = true;
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean plain = dash ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!plain && (dash || c < 'A' || c > 'F')) {
                throw fault(column, raw);
            }
            lower &= plain;
        }
        return lower ? text : text.toLowerCase(Locale.ROOT);
    }

    private static LocalDate date(String text) {
        int time = text.indexOf('T');
        if (time < 0) {
            return IsoText.date(text);
        }
        if (!text.startsWith(MIDNIGHT, time) || text.indexOf('Z') < 0) {
            throw new IllegalArgumentException("a time of day");
        }
        return IsoText.date(text.substring(0, time));
    }

    private static Instant instant(String text) {
        if (text.indexOf('T') < 0) {
            return Instant.parse(IsoText.date(text) + MIDNIGHT + "Z");
        }
        return text.endsWith("Z")
                ? IsoText.instant(text)
                : OffsetDateTime.parse(text).toInstant();
    }

    private static Boolean truth(Column column, Object raw) {
        if (raw instanceof Boolean truth) {
            return truth;
        }
        throw fault(column, raw);
    }

    private static RecordFault fault(Column column, Object raw) {
        String text = raw.toString();
        String shown = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
        return new RecordFault(
                "NORMALISE",
                "VALUE_UNREADABLE",
                column.name() + ": '" + shown + "' is no "
                        + column.type().kind().name().toLowerCase(Locale.ROOT));
    }
}
