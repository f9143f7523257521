package dev.caravan.sandbox.dataverse;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Makes values of one kind of column those of another. Stateless. */
final class Conversion {
    private static final int DAY = 10;

    private Conversion() {}

    /** NULL where it cannot be. */
    static @Nullable Object to(ColumnKind kind, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value instanceof Reference reference ? reference.id() : value.toString();
        return switch (kind) {
            case STRING, MEMO, MULTISELECT -> text;
            case GUID -> Guids.isId(text) ? text : null;
            case DATE -> text.matches("\\d{4}-\\d\\d-\\d\\d.*") ? text.substring(0, DAY) : null;
            case DATETIME -> text.matches("\\d{4}-\\d\\d-\\d\\d") ? text + "T00:00:00Z" : value;
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case LOOKUP, CUSTOMER, OWNER -> value instanceof Reference ? value : null;
            case MANAGED -> null;
            case INTEGER, PICKLIST, STATE, STATUS, BIGINT, DECIMAL, MONEY, DOUBLE -> number(kind, text);
        };
    }

    private static @Nullable Object number(ColumnKind kind, String text) {
        if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,20})?")) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        return switch (kind) {
            case DECIMAL, MONEY -> number;
            case DOUBLE -> number.doubleValue();
            case BIGINT -> number.longValue();
            default -> number.intValue();
        };
    }
}
