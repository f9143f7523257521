package dev.caravan.target.sql;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads stored values back into the types that normalised rows carry. Stateless. */
final class StoredValues {
    private StoredValues() {}

    /**
     * The values of a layout from the columns of a result, from an index from 1 on; null where one of them is none of its
     * column's type, which only somebody else can have written.
     *
     * @throws SQLException if the database fails
     */
    static @Nullable Object @Nullable [] read(ResultSet row, int from, Columns columns) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = value(row, from + i, columns.get(i));
            }
            return values;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException foreign) {
            return null;
        }
    }

    private static @Nullable Object value(ResultSet row, int index, Column column) throws SQLException {
        Object stored = row.getObject(index);
        if (stored == null) {
            return null;
        }
        ColumnType.Kind kind = column.type().kind();
        return switch (kind) {
            case TEXT, JSON -> row.getString(index);
            case UUID -> row.getString(index).toLowerCase(Locale.ROOT);
            case INTEGER -> Long.valueOf(row.getString(index));
            case DECIMAL ->
                stored instanceof Double real ? BigDecimal.valueOf(real) : new BigDecimal(stored.toString());
            case DOUBLE -> Double.valueOf(stored.toString());
            case DATE -> LocalDate.parse(row.getString(index));
            case TIMESTAMP ->
                stored instanceof Timestamp
                        ? row.getObject(index, OffsetDateTime.class).toInstant()
                        : Instant.parse(stored.toString());
            case BOOLEAN -> truth(row.getString(index));
            case BINARY -> row.getBytes(index);
        };
    }

    private static Boolean truth(String stored) {
        return switch (stored) {
            case "1", "t", "true" -> true;
            case "0", "f", "false" -> false;
            default -> throw new IllegalArgumentException("Neither yes nor no: " + stored);
        };
    }
}
