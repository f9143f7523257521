package dev.caravan.sandbox.dataverse;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as they are compared: Boolean, Long, BigDecimal, or text that sorts. Stateless. */
final class Values {
    private static final int WHOLE_SECOND = 20;
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern MOMENT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)");

    private Values() {}

    /** What a row's value compares as; null for NULL. */
    static @Nullable Comparable<?> comparable(ColumnKind kind, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Reference reference) {
            return reference.id();
        }
        if (kind == ColumnKind.DATETIME) {
            String moment = value.toString();
            return moment.length() == WHOLE_SECOND ? moment : moment(moment);
        }
        return switch (kind) {
            case BOOLEAN -> (Boolean) value;
            case INTEGER, BIGINT, PICKLIST, STATE, STATUS -> ((Number) value).longValue();
            case DECIMAL, MONEY, DOUBLE -> new BigDecimal(value.toString());
            default -> value.toString().toLowerCase(Locale.ROOT);
        };
    }

    @SuppressWarnings("unchecked") // both come from one kind of column
    static int compare(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    /**
     * What a literal compares as.
     *
     * @throws Refusal where it does not go with the column
     */
    static Comparable<?> literal(StoredColumn column, String literal, String operator) {
        ColumnKind kind = column.column().kind();
        if (literal.startsWith("'")) {
            if (!kind.isText()) {
                throw incompatible(kind, "Edm.String", operator);
            }
            return unquoted(literal).toLowerCase(Locale.ROOT);
        }
        try {
            return bare(kind, literal, operator);
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw Refusal.bad("Unrecognized '" + literal + "' literal.");
        }
    }

    /** The text of a quoted literal. */
    static String unquoted(String literal) {
        return literal.substring(1, literal.length() - 1).replace("''", "'");
    }

    /** A value of a row as a cookie keeps it; what {@link #fromCookie} makes a value of again. */
    static String toCookie(Comparable<?> comparable) {
        return comparable instanceof BigDecimal number ? number.toPlainString() : comparable.toString();
    }

    static Comparable<?> fromCookie(ColumnKind kind, String text) {
        return switch (kind) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INTEGER, BIGINT, PICKLIST, STATE, STATUS -> Long.valueOf(text);
            case DECIMAL, MONEY, DOUBLE -> new BigDecimal(text);
            default -> text;
        };
    }

    private static Comparable<?> bare(ColumnKind kind, String literal, String operator) {
        String type = typeOf(literal);
        boolean fits = switch (kind) {
            case GUID, LOOKUP, CUSTOMER, OWNER -> type.equals("Edm.Guid");
            case BOOLEAN -> type.equals("Edm.Boolean");
            case DATETIME -> type.equals("Edm.DateTimeOffset") || type.equals("Edm.Date");
            case DATE -> type.equals("Edm.Date");
            case STRING, MEMO, MULTISELECT, MANAGED -> false;
            case INTEGER, BIGINT, DECIMAL, MONEY, DOUBLE, PICKLIST, STATE, STATUS -> type.equals("Edm.Decimal");
        };
        if (!fits) {
            throw incompatible(kind, type, operator);
        }
        if (kind == ColumnKind.DATETIME) {
            return type.equals("Edm.Date") ? LocalDate.parse(literal) + "T00:00:00Z" : moment(literal);
        }
        if (kind == ColumnKind.BOOLEAN) {
            return Boolean.valueOf(literal);
        }
        if (kind.isWhole()) {
            return new BigDecimal(literal).longValueExact();
        }
        return type.equals("Edm.Decimal") ? new BigDecimal(literal) : literal.toLowerCase(Locale.ROOT);
    }

    private static String typeOf(String literal) {
        if (literal.equals("true") || literal.equals("false")) {
            return "Edm.Boolean";
        }
        if (Guids.isId(literal)) {
            return "Edm.Guid";
        }
        if (DAY.matcher(literal).matches()) {
            return "Edm.Date";
        }
        if (MOMENT.matcher(literal).matches()) {
            return "Edm.DateTimeOffset";
        }
        return "Edm.Decimal";
    }

    /** A moment as text that sorts by time: UTC, whole seconds, then the digits of their fraction. */
    private static String moment(String literal) {
        OffsetDateTime moment = OffsetDateTime.parse(literal).withOffsetSameInstant(ZoneOffset.UTC);
        String whole = Instant.ofEpochSecond(moment.toEpochSecond()).toString();
        if (moment.getNano() == 0) {
            return whole;
        }
        return whole + String.format(Locale.ROOT, "%09d", moment.getNano());
    }

    private static Refusal incompatible(ColumnKind kind, String type, String operator) {
        return Refusal.bad("A binary operator with incompatible types was detected. Found operand types '"
                + kind.edmType() + "' and '" + type + "' for operator kind '" + operator + "'.");
    }
}
