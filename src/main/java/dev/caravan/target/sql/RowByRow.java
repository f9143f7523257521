package dev.caravan.target.sql;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Row;
import dev.caravan.model.RunCounts;
import dev.caravan.target.Letters;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes row by row, each under a savepoint; what the database refuses for its data becomes a dead letter. Stateless. */
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
            for (int i = 0; i < batch.rows().size(); i++) {
                CaravanException refusal = tryWrite(batch.sql(), batch.rows().get(i));
                if (refusal != null) {
                    Row row = batch.sources().get(i);
                    letters.add(Letters.of(row, "INGEST", refusal.code(), String.valueOf(refusal.getMessage())));
                    written.remove(row);
                    boolean insert = batch.isInsert();
                    inserted -= insert ? 1 : 0;
                    updated -= insert ? 0 : 1;
                }
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

    private @Nullable CaravanException tryWrite(String sql, @Nullable Object[] values) {
        return jdbc.execute((ConnectionCallback<@Nullable CaravanException>) connection -> {
            var before = connection.setSavepoint();
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.executeUpdate();
                connection.releaseSavepoint(before);
                return null;
            } catch (SQLException refused) {
                connection.rollback(before);
                if (SqlLoad.isBadData(refused)) {
                    return DatabaseFaults.of("Storing the row", refused);
                }
                throw refused;
            }
        });
    }
}
