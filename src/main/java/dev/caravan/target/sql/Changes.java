package dev.caravan.target.sql;

import dev.caravan.model.DeadLetter;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.model.RunCounts;
import dev.caravan.resolve.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * @param held rows that are not stored for want of their parents
 */
public record Changes(
        List<Page> pages,
        List<Batch> batches,
        RunCounts counts,
        List<DeadLetter> letters,
        List<Row> stored,
        boolean repeated,
        Held held) {

    /** The same without the rows that are held for want of their parents. */
    public Changes without(Held rows) {
        Set<Row> gone = rows.rows();
        List<Batch> left = new ArrayList<>();
        int inserts = 0;
        int updates = 0;
        for (Batch batch : batches) {
            Batch rest = batch.without(gone);
            int taken = batch.rows().size() - rest.rows().size();
            inserts += batch.isInsert() ? taken : 0;
            updates += batch.isInsert() ? 0 : taken;
            if (!rest.rows().isEmpty()) {
                left.add(rest);
            }
        }
        List<DeadLetter> all = new ArrayList<>(letters);
        all.addAll(rows.letters());
        RunCounts now = new RunCounts(
                counts.fetched(),
                counts.inserted() - inserts,
                counts.updated() - updates,
                counts.deleted(),
                counts.skipped(),
                counts.failed() + rows.orphans().size(),
                counts.pending() + rows.waiting().size(),
                counts.repeated());
        List<Row> written = stored.stream().filter(row -> !gone.contains(row)).toList();
        return new Changes(pages, left, now, all, written, repeated, rows);
    }

    /** The same records, of which nothing is written. */
    public Changes withoutWriting() {
        long skipped = counts.inserted() + counts.updated() + counts.skipped();
        RunCounts looked = new RunCounts(counts.fetched(), 0, 0, 0, skipped, counts.failed(), 0, counts.repeated());
        return new Changes(pages, List.of(), looked, List.of(), List.of(), repeated, Held.NONE);
    }

    /** Cheap, for Camel takes it of each body whose parts an expression names: without the rows. */
    @Override
    public int hashCode() {
        return 31 * pages.hashCode() + counts.hashCode();
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
        /** Whether its rows are new ones. */
        public boolean isInsert() {
            return sql.startsWith("INSERT");
        }

        private Batch without(Set<Row> gone) {
            if (sources.isEmpty() || sources.stream().noneMatch(gone::contains)) {
                return this;
            }
            List<@Nullable Object[]> left = new ArrayList<>();
            List<Row> of = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                if (!gone.contains(sources.get(i))) {
                    left.add(rows.get(i));
                    of.add(sources.get(i));
                }
            }
            return new Batch(sql, left, of, bulk);
        }

        /** Whether the rows are many, and the database takes them as a stream. */
        public boolean isLarge() {
            return bulk != null && rows.size() >= Bulk.LARGE;
        }

        /** Cheap, for Camel takes it of each body whose parts an expression names: without the rows. */
        @Override
        public int hashCode() {
            return 31 * sql.hashCode() + rows.size();
        }
    }
}
