package dev.caravan.mapping;

import dev.caravan.mapping.ChainText.Call;
import dev.caravan.model.ColumnType.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** {@code round(digits)}: half away from zero, as Oracle's and PostgreSQL's ROUND do it. Stateless. */
final class Rounding {
    private static final int MOST_DIGITS = 30;

    private Rounding() {}

    static Function of(Call call, Functions.Given given) {
        call.most(1);
        given.require(call, Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE);
        int digits = digits(call);
        return new Function() {
            @Override
            public @Nullable Object apply(@Nullable Object value, @Nullable Object[] row) {
                return value == null ? null : round(value, digits);
            }
        };
    }

    private static int digits(Call call) {
        String text = call.isBare() ? "0" : call.argument(0);
        if (!text.matches("-?[0-9]{1,2}") || Math.abs(Integer.parseInt(text)) > MOST_DIGITS) {
            throw call.spot()
                    .wrong("'" + text + "' is not a number of digits from -" + MOST_DIGITS + " to " + MOST_DIGITS);
        }
        return Integer.parseInt(text);
    }

    private static Object round(Object value, int digits) {
        if (value instanceof Long whole) {
            return digits >= 0 ? whole : whole(rounded(BigDecimal.valueOf(whole), digits));
        }
        if (value instanceof BigDecimal number) {
            return rounded(number, digits);
        }
        return value instanceof Double number
                ? (Object) rounded(BigDecimal.valueOf(number), digits).doubleValue()
                : value;
    }

    private static Long whole(BigDecimal number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException tooLarge) {
            throw new IllegalStateException("the rounded value does not fit 64 bits", tooLarge);
        }
    }

    /** Without zeros at its end, as normalised numbers are. */
    private static BigDecimal rounded(BigDecimal number, int digits) {
        if (number.scale() <= digits) {
            return number;
        }
        BigDecimal plain = number.setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
