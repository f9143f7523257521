package dev.caravan.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** Times of our own tables: UTC text of fixed width, so that comparing works as text too. Stateless. */
final class Times {
    private static final DateTimeFormatter WRITE =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Times() {}

    static String write(Instant time) {
        return WRITE.format(time);
    }

    /** A time from either database: text of SQLite, a timestamp of PostgreSQL whatever zone the session has. */
    static @Nullable Instant read(ResultSet row, String column) throws SQLException {
        Object value = row.getObject(column);
        if (value == null) {
            return null;
        }
        return value instanceof Timestamp time ? time.toInstant() : Instant.parse(value.toString());
    }

    static Instant require(ResultSet row, String column) throws SQLException {
        Instant time = read(row, column);
        if (time == null) {
            throw new SQLException("Column " + column + " is empty");
        }
        return time;
    }
}
