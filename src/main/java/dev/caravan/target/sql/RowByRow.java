package dev.caravan.target.sql;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Row;
import dev.caravan.model.RunCounts;
import dev.caravan.target.Letters;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds the rows that the database refuses for their data, which become dead letters, and writes all others: rows are
 * written together under a savepoint, and by halves where one among them is refused. Stateless.
 */
final class RowByRow {
    private final JdbcTemplate jdbc;

    RowByRow(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes all that the database takes; answers what became of the rest too. */
    Changes write(Changes changes) {
        List<DeadLetter> letters = new ArrayList<>(changes.letters());
        List<Row> written = new ArrayList<>(changes.stored());
        long inserted = changes.counts().inserted();
        long updated = changes.counts().updated();
        for (Changes.Batch batch : changes.batches()) {
            for (Refused refused : refused(batch.sql(), batch.rows(), 0)) {
                Row row = batch.sources().get(refused.place());
                CaravanException why = refused.why();
                letters.add(Letters.of(row, "INGEST", why.code(), String.valueOf(why.getMessage())));
                written.remove(row);
                boolean insert = batch.isInsert();
                inserted -= insert ? 1 : 0;
                updated -= insert ? 0 : 1;
            }
        }
        RunCounts counts = changes.counts();
        long failed = counts.failed() + letters.size() - changes.letters().size();
        RunCounts settled = new RunCounts(
                counts.fetched(),
                inserted,
                updated,
                counts.deleted(),
                counts.skipped(),
                failed,
                counts.pending(),
                counts.repeated());
        return new Changes(changes.pages(), List.of(), settled, letters, written, changes.repeated(), changes.held());
    }

    /** A row that was not taken, by its place in the batch. */
    private record Refused(int place, CaravanException why) {}

    /** Writes rows; answers those that are not taken, in order. */
    private List<Refused> refused(String sql, List<@Nullable Object[]> rows, int place) {
        if (rows.isEmpty()) {
            return List.of();
        }
        CaravanException refusal = tryWrite(sql, rows);
        if (refusal == null) {
            return List.of();
        }
        if (rows.size() == 1) {
            return List.of(new Refused(place, refusal));
        }
        int half = rows.size() / 2;
        List<Refused> all = new ArrayList<>(refused(sql, rows.subList(0, half), place));
        all.addAll(refused(sql, rows.subList(half, rows.size()), place + half));
        return all;
    }

    /** Writes all of some rows, or none; answers why none. */
    private @Nullable CaravanException tryWrite(String sql, List<@Nullable Object[]> rows) {
        return jdbc.execute((ConnectionCallback<@Nullable CaravanException>) connection -> {
            var before = connection.setSavepoint();
            try (var statement = connection.prepareStatement(sql)) {
                for (@Nullable Object[] values : rows) {
                    for (int i = 0; i < values.length; i++) {
                        statement.setObject(i + 1, values[i]);
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.releaseSavepoint(before);
                return null;
            } catch (SQLException refused) {
                connection.rollback(before);
                if (SqlLoad.isBadData(refused)) {
                    return DatabaseFaults.of("Storing the row", own(refused));
                }
                throw refused;
            }
        });
    }

    /** What the database itself said of a batch of one row. */
    private static SQLException own(SQLException refused) {
        SQLException cause = refused.getNextException();
        return refused instanceof BatchUpdateException && cause != null ? cause : refused;
    }
}
