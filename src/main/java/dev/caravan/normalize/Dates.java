package dev.caravan.normalize;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Layer 4: dates and times in the notations of ERPs. Immutable. */
final class Dates {
    private static final Pattern WHEN =
            Pattern.compile("(?<date>\\d{4}-\\d{1,2}-\\d{1,2}|\\d{4}/\\d{1,2}/\\d{1,2}|\\d{8}"
                    + "|\\d{1,2}[-./]\\d{1,2}[-./]\\d{4}|\\d{1,2}[ -][A-Za-z]{3,9}[ -]\\d{4})"
                    + "(?:[T ]?(?<hour>\\d{2}):?(?<minute>\\d{2})(?::?(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9})\\d*)?)?)?"
                    + "\\s*(?<zone>Z|z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?");
    private static final Pattern ISO = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final Pattern SEPARATOR = Pattern.compile("[-./ ]");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private final boolean dayFirst;
    private final ZoneId zone;

    Dates(boolean dayFirst, ZoneId zone) {
        this.dayFirst = dayFirst;
        this.zone = zone;
    }

    /** Whether a text has a form of ISO 8601: a date, or a date and a time with or without a zone. */
    static boolean isIso(String text) {
        return ISO.matcher(text).matches();
    }

    /** The instant; null if the text is no date. A date alone is its midnight. */
    @Nullable
    Instant instant(String text) {
        try {
            if (text.length() == 20 && text.charAt(19) == 'Z' && isPlain(text)) {
                return bounded(fast(text).toInstant(ZoneOffset.UTC));
            }
            if (text.length() == 19 && isPlain(text)) {
                return bounded(fast(text).atZone(zone).toInstant());
            }
            Matcher matcher = WHEN.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            LocalDateTime when = LocalDateTime.of(date(matcher.group("date")), time(matcher));
            String offset = matcher.group("zone");
            return bounded(offset == null ? when.atZone(zone).toInstant() : when.toInstant(offset(offset)));
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException notADate) {
            return null;
        }
    }

    /** The date; null if the text is no date. {@link When#time()} says whether a time of day came with it. */
    @Nullable
    When when(String text) {
        try {
            if (text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-') {
                return bounded(new When(
                        LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)), LocalTime.MIN));
            }
            Matcher matcher = WHEN.matcher(text);
            return matcher.matches() ? bounded(new When(date(matcher.group("date")), time(matcher))) : null;
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException notADate) {
            return null;
        }
    }

    /** Whether a text is of the form 2025-12-08T12:00:00, digits aside, as far as 19 characters go. */
    private static boolean isPlain(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) == 'T' || text.charAt(10) == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** The years 1 to 9999 in UTC: what both databases hold and ISO 8601 writes with four digits. */
    private static @Nullable Instant bounded(Instant instant) {
        return instant.isBefore(FIRST) || !instant.isBefore(END) ? null : instant;
    }

    private static @Nullable When bounded(When when) {
        return when.date().getYear() < 1 ? null : when;
    }

    private static LocalDateTime fast(String text) {
        return LocalDateTime.of(
                digits(text, 0, 4),
                digits(text, 5, 7),
                digits(text, 8, 10),
                digits(text, 11, 13),
                digits(text, 14, 16),
                digits(text, 17, 19));
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("Not a digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private LocalDate date(String text) {
        if (text.length() == 8 && text.chars().allMatch(Character::isDigit)) {
            return LocalDate.of(digits(text, 0, 4), digits(text, 4, 6), digits(text, 6, 8));
        }
        String[] parts = SEPARATOR.split(text, -1);
        if (parts[0].length() == 4) {
            return LocalDate.of(number(parts[0]), number(parts[1]), number(parts[2]));
        }
        if (Character.isLetter(parts[1].charAt(0))) {
            return LocalDate.of(number(parts[2]), month(parts[1]), number(parts[0]));
        }
        int one = number(parts[0]);
        int other = number(parts[1]);
        boolean dotted = text.indexOf('.') > 0;
        boolean readDayFirst = dotted || dayFirst;
        int day = readDayFirst ? one : other;
        int month = readDayFirst ? other : one;
        return month > 12 ? LocalDate.of(number(parts[2]), day, month) : LocalDate.of(number(parts[2]), month, day);
    }

    /** From 1; 0, which is no month, for a word that is not the beginning of one's name. */
    private static int month(String word) {
        String folded = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).startsWith(folded)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int number(String text) {
        return digits(text, 0, text.length());
    }

    private static LocalTime time(Matcher matcher) {
        if (matcher.group("hour") == null) {
            return LocalTime.MIN;
        }
        String second = matcher.group("second");
        String fraction = matcher.group("fraction");
        int nano = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
        return LocalTime.of(
                number(matcher.group("hour")),
                number(matcher.group("minute")),
                second == null ? 0 : number(second),
                nano);
    }

    private static ZoneOffset offset(String text) {
        boolean utc = Character.isLetter(text.charAt(0));
        return utc ? ZoneOffset.UTC : ZoneOffset.of(text.length() == 3 ? text + ":00" : text);
    }

    /** A date and the time of day beside it. */
    record When(LocalDate date, LocalTime time) {}
}
