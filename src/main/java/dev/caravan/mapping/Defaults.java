package dev.caravan.mapping;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;

/** The value of {@code default('…')} in the type of its column, so that the database is not left to guess. Stateless. */
final class Defaults {
    private Defaults() {}

    /**
     * The value, in the Java type that normalised rows carry.
     *
     * @throws CaravanException MAPPING_WRONG if the text is no value of the type: numbers plain, dates ISO 8601, instants
     *     with their zone, booleans {@code true} or {@code false}, binary as hexadecimal digits
     */
    static Object typed(Column column, String text) {
        try {
            return switch (column.type().kind()) {
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
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "MAPPING_WRONG",
                    "map." + column.name() + ": the default '" + text + "' is no " + column.type(),
                    unreadable);
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
