package dev.caravan.normalize;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Dates and times in the one form of ISO 8601 that services write, {@code 2024-06-12T14:13:25Z}, read by hand, for each row
 * has some and a formatter takes many times as long; in every other form as java.time reads them. Stateless.
 */
final class IsoText {
    private static final int DATE = 10;
    private static final int TIME = 20;
    private static final int SECONDS_A_DAY = 86_400;

    private IsoText() {}

    /** @throws DateTimeException if it is no date of ISO 8601 */
    static LocalDate date(String text) {
        return text.length() == DATE && isDate(text) ? plain(text) : LocalDate.parse(text);
    }

    /** @throws DateTimeException if it is no time of ISO 8601 in UTC */
    static Instant instant(String text) {
        if (text.length() != TIME || !isDate(text) || text.charAt(DATE) != 'T' || text.charAt(TIME - 1) != 'Z') {
            return Instant.parse(text);
        }
        int hour = text.charAt(13) == ':' ? number(text, 11, 2) : -1;
        int minute = text.charAt(16) == ':' ? number(text, 14, 2) : -1;
        int second = number(text, 17, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return Instant.parse(text);
        }
        return Instant.ofEpochSecond(plain(text).toEpochDay() * SECONDS_A_DAY + hour * 3600L + minute * 60L + second);
    }

    private static boolean isDate(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && number(text, 0, 4) >= 0
                && number(text, 5, 2) >= 0
                && number(text, 8, 2) >= 0;
    }

    private static LocalDate plain(String text) {
        return LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
    }

    /** So many digits; -1 where one of them is none. */
    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
