package dev.caravan.mapping;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The value of {@code default('…')} in the type of its column, so that the database is not left to guess. Stateless. */
final class Defaults {
    private Defaults() {}

    static Function of(ChainText.Call call, Functions.Given given) {
        call.most(1);
        String text = call.argument(0);
        Object replacement = given.isOpen() ? text : typed(call.spot(), given.type(), text);
        return new Function() {
            @Override
            public @Nullable Object apply(@Nullable Object value, @Nullable Object[] row) {
                return value == null ? replacement : value;
            }
        };
    }

    /**
     * The value, in the Java type that normalised rows carry.
     *
     * @throws CaravanException MAPPING_WRONG if the text is no value of the type: numbers plain, dates ISO 8601, instants
     *     with their zone, booleans {@code true} or {@code false}, binary as hexadecimal digits
     */
    private static Object typed(Spot spot, ColumnType type, String text) {
        try {
            return switch (type.kind()) {
                case TEXT, JSON -> text;
                case UUID -> uuid(text);
                case INTEGER -> Long.valueOf(text);
                case DECIMAL -> decimal(text);
                case DOUBLE -> Double.valueOf(new BigDecimal(text).doubleValue());
                case DATE -> LocalDate.parse(text);
                case TIMESTAMP -> Instant.parse(text);
                case BOOLEAN -> truth(text);
                case BINARY -> HexFormat.of().parseHex(text);
            };
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw spot.wrong("the default '" + text + "' is no " + type, unreadable);
        }
    }

    private static BigDecimal decimal(String text) {
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private static String uuid(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException(text);
        }
        return UUID.fromString(text).toString();
    }

    private static Boolean truth(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException(text);
    }
}
