package dev.caravan.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** Times of our own tables: UTC text of fixed width, so that comparing works as text too. Stateless. */
final class Times {
    private static final DateTimeFormatter WRITE =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final DateTimeFormatter POSTGRES = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendOffset("+HH:mm", "+00")
            .toFormatter();

    private Times() {}

    static String write(Instant time) {
        return WRITE.format(time);
    }

    static @Nullable Instant read(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            return null;
        }
        return text.indexOf('T') > 0
                ? Instant.parse(text)
                : OffsetDateTime.parse(text, POSTGRES)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant();
    }

    static Instant require(ResultSet row, String column) throws SQLException {
        Instant time = read(row, column);
        if (time == null) {
            throw new SQLException("Column " + column + " is empty");
        }
        return time;
    }
}
