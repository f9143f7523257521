package dev.caravan.normalize;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Layer 3: numbers as people and ERPs write them, exact. Stateless. */
final class Numbers {
    private static final int MOST_CHARACTERS = 2000;
    private static final int LARGEST_EXPONENT = 1000;

    private Numbers() {}

    /** The number, or null if the text is none or is out of all bounds. */
    static @Nullable BigDecimal parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        boolean negative = text.length() > 2 && text.charAt(0) == '(' && text.charAt(text.length() - 1) == ')';
        String plain = plain(negative ? text.substring(1, text.length() - 1) : text);
        if (plain == null) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(plain);
            boolean bounded = Math.abs((long) number.scale()) <= LARGEST_EXPONENT + number.precision();
            return bounded ? (negative ? number.negate() : number) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** Whether a number's exponent is one that a database can hold. */
    static boolean isBounded(BigDecimal number) {
        return Math.abs((long) number.scale()) <= LARGEST_EXPONENT + number.precision();
    }

    private static @Nullable String plain(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean dropped = c == '$' || c == '€' || c == '£' || c == ' ' || c == '\u00a0' || c == ',';
            if (c == ',' && !isGroup(text, i)) {
                return null;
            }
            if (dropped && out == null) {
                out = new StringBuilder(text.length()).append(text, 0, i);
            } else if (!dropped && out != null) {
                out.append(c);
            }
        }
        return out == null ? text : out.toString();
    }

    /** A comma groups thousands only where three digits, and then no further digit, follow it. */
    private static boolean isGroup(String text, int comma) {
        int end = comma + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end - comma == 4 && comma > 0 && Character.isDigit(text.charAt(comma - 1));
    }
}
