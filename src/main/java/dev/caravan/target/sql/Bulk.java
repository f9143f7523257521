package dev.caravan.target.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * How many rows are written at once, where a database takes them as a stream: into the table itself, or into one beside
 * it that is merged.
 *
 * @param before statements that make what the rows are copied into
 * @param copy the statement that takes the rows
 * @param same values of the last columns, which all rows share, as COPY takes them, each with a tab before it; empty for none
 * @param after statements that merge them
 */
public record Bulk(List<String> before, String copy, String same, List<String> after) {
    /** So many rows are worth it. */
    static final int LARGE = 500;

    /**
     * Writes rows in the caller's transaction.
     *
     * @throws SQLException if the database refuses one of them; the transaction is of no use then
     */
    void write(Connection connection, List<@Nullable Object[]> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : before) {
                statement.execute(sql);
            }
            CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
            try {
                CopyText text = new CopyText(in);
                for (@Nullable Object[] row : rows) {
                    text.row(row, same);
                }
                text.end();
            } finally {
                if (in.isActive()) {
                    in.cancelCopy();
                }
            }
            for (String sql : after) {
                statement.execute(sql);
            }
        }
    }
}
