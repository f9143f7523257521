package dev.caravan.normalize;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Layer 3: numbers as people and ERPs write them, exact. Stateless. */
final class Numbers {
    private static final int MOST_CHARACTERS = 2000;
    private static final int LARGEST_EXPONENT = 1000;
    private static final Pattern EXACT = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?");

    private Numbers() {}

    /** The number, or null if the text is none or is out of all bounds. */
    static @Nullable BigDecimal parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        boolean negative = text.length() > 2 && text.charAt(0) == '(' && text.charAt(text.length() - 1) == ')';
        String plain = plain(negative ? text.substring(1, text.length() - 1) : text);
        if (plain == null || negative && !Character.isDigit(plain.charAt(0))) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(plain);
            return isBounded(number) ? (negative ? number.negate() : number) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** The number, or null if the text is not digits, perhaps with a sign before and a point between them. */
    static @Nullable BigDecimal exact(String text) {
        return text.length() <= MOST_CHARACTERS && EXACT.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** Whether a number's exponent is one that a database can hold. */
    static boolean isBounded(BigDecimal number) {
        return Math.abs((long) number.scale()) <= LARGEST_EXPONENT + number.precision();
    }

    /** Without signs of money, blanks and separators of thousands; null where one stands in a wrong place. */
    private static @Nullable String plain(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ' || c == '\u00a0';
            boolean dropped = c == '$' || c == '€' || c == '£' || blank || c == ',';
            if (dropped && !mayStand(text, i, blank)) {
                return null;
            }
            if (dropped && out == null) {
                out = new StringBuilder(text.length()).append(text, 0, i);
            } else if (!dropped && out != null) {
                out.append(c);
            }
        }
        String plain = out == null ? text : out.toString();
        return plain.isEmpty() ? null : plain;
    }

    private static boolean mayStand(String text, int at, boolean blank) {
        boolean inside = at > 0 && isDigit(text, at - 1) && isDigit(text, at + 1);
        if (text.charAt(at) == ',' || blank && inside) {
            return isGroup(text, at);
        }
        boolean before = text.substring(0, at).chars().anyMatch(Character::isDigit);
        return blank || !(before && text.substring(at).chars().anyMatch(Character::isDigit));
    }

    /** Groups of three digits, each after a separator, behind a first one of one to three that begins with no zero. */
    private static boolean isGroup(String text, int separator) {
        int end = separator + 1;
        while (isDigit(text, end)) {
            end++;
        }
        int start = separator;
        while (start > 0 && isDigit(text, start - 1)) {
            start--;
        }
        char before = start == 0 ? 0 : text.charAt(start - 1);
        int digits = separator - start;
        boolean further = before == text.charAt(separator) && digits == 3;
        boolean first = before != '.' && before != ',' && digits > 0 && digits <= 3 && text.charAt(start) != '0';
        return end - separator == 4 && (further || first);
    }

    private static boolean isDigit(String text, int index) {
        return index < text.length() && Character.isDigit(text.charAt(index));
    }
}
