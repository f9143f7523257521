package dev.caravan.target.sql.dialect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as text: UTC, ISO 8601, six digits of a second always, so that earlier is less as text too; nine where they are
 * needed, lest anything be lost. For years 0 to 9999; others as {@link Instant#toString()} writes them.
 *
 * <p>By hand, because a formatter takes at least four times as long, and each row has some. Stateless.
 */
final class IsoTimes {
    /** What makes a date the first instant of its day. */
    static final String MIDNIGHT = "T00:00:00.000000Z";

    private static final int SECONDS_A_DAY = 86_400;

    private IsoTimes() {}

    static String text(Instant time) {
        long day = Math.floorDiv(time.getEpochSecond(), SECONDS_A_DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return time.toString();
        }
        int second = Math.floorMod(time.getEpochSecond(), SECONDS_A_DAY);
        boolean nanos = time.getNano() % 1000 != 0;
        byte[] text = new byte[nanos ? 30 : 27];
        put(text, 0, 4, date.getYear(), '-');
        put(text, 5, 2, date.getMonthValue(), '-');
        put(text, 8, 2, date.getDayOfMonth(), 'T');
        put(text, 11, 2, second / 3600, ':');
        put(text, 14, 2, second / 60 % 60, ':');
        put(text, 17, 2, second % 60, '.');
        put(text, 20, nanos ? 9 : 6, nanos ? time.getNano() : time.getNano() / 1000, 'Z');
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    static String text(LocalDate date) {
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return date.toString();
        }
        byte[] text = new byte[10];
        put(text, 0, 4, date.getYear(), '-');
        put(text, 5, 2, date.getMonthValue(), '-');
        text[8] = (byte) ('0' + date.getDayOfMonth() / 10);
        text[9] = (byte) ('0' + date.getDayOfMonth() % 10);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] text, int at, int digits, int number, char after) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        text[at + digits] = (byte) after;
    }
}
