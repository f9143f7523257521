package dev.caravan.mapping;

import dev.caravan.mapping.ChainText.Call;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code to_date('dd.mm.yyyy')}: a text or a number as a date. Stateless. */
final class DateForm {
    private static final String ISO = "yyyy-mm-dd";

    /** Longer ones before those that they begin with. */
    private static final List<String> TOKENS = List.of("yyyy", "yy", "month", "mon", "mm", "m", "dd", "d");

    /** Years of two digits are those from here on. */
    private static final int FIRST_SHORT_YEAR = 1950;

    private DateForm() {}

    static Function toDate(Call call, Functions.Given given) {
        call.most(1);
        given.require(call, Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIMESTAMP);
        String form = call.isBare() ? ISO : call.argument(0);
        DateTimeFormatter formatter = formatter(call, form);
        return new Function() {
            @Override
            public @Nullable Object apply(@Nullable Object value, @Nullable Object[] row) {
                if (value == null || value instanceof LocalDate) {
                    return value;
                }
                if (value instanceof Instant instant) {
                    return instant.atZone(ZoneOffset.UTC).toLocalDate();
                }
                return read(PlainText.of(value), formatter, form);
            }

            @Override
            public ColumnType after(ColumnType before) {
                return ColumnType.of(Kind.DATE);
            }
        };
    }

    private static LocalDate read(String text, DateTimeFormatter formatter, String form) {
        try {
            LocalDate date = LocalDate.parse(text, formatter);
            if (date.getYear() >= 1) {
                return date;
            }
        } catch (DateTimeException unreadable) {
            throw new IllegalStateException(refusal(text, form), unreadable);
        }
        throw new IllegalStateException(refusal(text, form));
    }

    private static String refusal(String text, String form) {
        return "'" + PlainText.excerpt(text) + "' is not a date of the form " + form;
    }

    /** Letters mean day, month and year in either case; all else stands for itself. */
    private static DateTimeFormatter formatter(Call call, String form) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        Set<ChronoField> fields = EnumSet.noneOf(ChronoField.class);
        int i = 0;
        while (i < form.length()) {
            if (!Character.isLetter(form.charAt(i))) {
                builder.appendLiteral(form.charAt(i++));
                continue;
            }
            String rest = form.substring(i).toLowerCase(Locale.ROOT);
            String token = TOKENS.stream()
                    .filter(rest::startsWith)
                    .findFirst()
                    .orElseThrow(() -> call.spot()
                            .wrong("'" + form + "' is not a form of dates: it is made of dd, d, mm, m, mon, month, yyyy"
                                    + " and yy"));
            if (!fields.add(append(builder, token))) {
                throw call.spot().wrong("'" + form + "' says twice what one of its letters is");
            }
            i += token.length();
        }
        if (fields.size() < 3) {
            throw call.spot().wrong("'" + form + "' lacks the day, the month or the year");
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    private static ChronoField append(DateTimeFormatterBuilder builder, String token) {
        ChronoField field = token.startsWith("y")
                ? ChronoField.YEAR
                : token.startsWith("m") ? ChronoField.MONTH_OF_YEAR : ChronoField.DAY_OF_MONTH;
        switch (token) {
            case "yyyy" -> builder.appendValue(field, 4);
            case "yy" -> builder.appendValueReduced(field, 2, 2, FIRST_SHORT_YEAR);
            case "month" -> builder.appendText(field, TextStyle.FULL);
            case "mon" -> builder.appendText(field, TextStyle.SHORT);
            case "mm", "dd" -> builder.appendValue(field, 2);
            default -> builder.appendValue(field, 1, 2, SignStyle.NOT_NEGATIVE);
        }
        return field;
    }
}
