package dev.caravan.target.sql;

import dev.caravan.model.DeadLetter;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.model.RunCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What storing some pages comes down to.
 *
 * @param pages the pages, in order
 * @param batches what is written
 * @param counts what becomes of the records
 * @param letters refused records, those of this stage included
 * @param stored the rows written, so that older dead letters of theirs go
 * @param repeated whether a row came twice, so that the keys must be settled
 */
public record Changes(
        List<Page> pages,
        List<Batch> batches,
        RunCounts counts,
        List<DeadLetter> letters,
        List<Row> stored,
        boolean repeated) {

    /** The same records, of which nothing is written. */
    public Changes withoutWriting() {
        long skipped = counts.inserted() + counts.updated() + counts.skipped();
        RunCounts looked = new RunCounts(counts.fetched(), 0, 0, 0, skipped, counts.failed(), 0, counts.repeated());
        return new Changes(pages, List.of(), looked, List.of(), List.of(), repeated);
    }

    /**
     * One prepared statement and the rows it is run for.
     *
     * @param sql with a parameter for each value
     * @param rows values in the order of the parameters
     * @param sources what each row was made of
     * @param bulk how they are written as a stream; null where they are not
     */
    public record Batch(
            String sql,
            List<@Nullable Object[]> rows,
            List<Row> sources,
            @Nullable Bulk bulk) {
        /** Whether the rows are many, and the database takes them as a stream. */
        public boolean isLarge() {
            return bulk != null && rows.size() >= Bulk.LARGE;
        }
    }
}
