package dev.caravan.source;

import java.math.BigDecimal;

/** Numbers of JSON that are not read digit by digit. Stateless. */
final class JsonNumber {
    private static final int LONGEST = 2000;

    private JsonNumber() {}

    /** A number that no BigDecimal can be is handed on as text: then it spoils its row only. */
    static Object of(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean isLong = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
            return isLong ? (Object) number.longValue() : number;
        } catch (NumberFormatException outOfBounds) {
            return text;
        }
    }

    /** Where a number ends that begins at a place; -1 if there is none, or one that JSON does not allow. */
    static int after(byte[] json, int from, int end) {
        int whole = from < end && json[from] == '-' ? from + 1 : from;
        int at = afterDigits(json, whole, end);
        if (at == whole || json[whole] == '0' && at > whole + 1) {
            return -1;
        }
        if (at < end && json[at] == '.') {
            int fraction = at + 1;
            at = afterDigits(json, fraction, end);
            if (at == fraction) {
                return -1;
            }
        }
        if (at < end && (json[at] == 'e' || json[at] == 'E')) {
            boolean signed = at + 1 < end && (json[at + 1] == '+' || json[at + 1] == '-');
            int exponent = signed ? at + 2 : at + 1;
            at = afterDigits(json, exponent, end);
            return at == exponent ? -1 : at;
        }
        return at;
    }

    private static int afterDigits(byte[] json, int from, int end) {
        int at = from;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at;
    }
}
