package dev.caravan.target.sql;

import dev.caravan.delta.Delta;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.model.RunCounts;
import dev.caravan.resolve.Held;
import dev.caravan.target.Letters;
import dev.caravan.target.Newest;
import dev.caravan.target.RawKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides for each row of some pages what is to be done. Made anew for each transaction; one thread. */
final class Comparison {
    private final TargetTable table;
    private final boolean byVersion;
    private final boolean again;
    private final Object now;
    private final Supplier<String> ids;
    private final List<@Nullable Object[]> inserts = new ArrayList<>();
    private final List<Row> inserted = new ArrayList<>();
    private final List<@Nullable Object[]> updates = new ArrayList<>();
    private final List<Row> updated = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private int skipped;
    private int repeated;
    private int refused;
    private int fetched;
    private Changes.@Nullable Batch deletion;
    private final Map<String, Row> here;

    Comparison(TargetTable table, boolean byVersion, boolean again, Instant now, Supplier<String> ids, int rows) {
        this.table = table;
        this.byVersion = byVersion;
        this.again = again;
        this.now = table.time(now);
        this.ids = ids;
        this.here = new HashMap<>(rows * 2);
    }

    /** Rows of a table that was empty: all are new but for those that came twice in these pages. */
    void addAll(List<Row> rows) {
        for (Row row : rows) {
            if (row.keyHash() != null && here.putIfAbsent(row.keyHash(), row) != null) {
                repeated++;
                continue;
            }
            insert(row);
        }
    }

    /**
     * Rows that may be stored already.
     *
     * @param differing those that are not as they are stored, or that were seen before in this run, by their place
     */
    void compareAll(List<Row> rows, Map<Integer, Arrivals.Found> differing) {
        Map<String, Row> newest = table.audit().loadsWithoutKey() ? Map.of() : Newest.of(rows);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            String key = row.keyHash();
            Arrivals.Found found = differing.get(i);
            Row twin = key == null ? null : here.putIfAbsent(key, row);
            Long before = found == null ? null : found.seen();
            if (before == null && twin != null) {
                before = RawKey.of(twin);
            }
            if (before != null && before != RawKey.of(row)) {
                refuseTwin(row);
            } else if (twin != null) {
                repeated++;
            } else if (newest.get(key) != null && newest.get(key) != row) {
                repeated++;
                here.remove(key);
            } else if (found == null) {
                skip(again);
            } else {
                decide(row, found.stored(), before != null || again);
            }
        }
    }

    private void decide(Row row, Delta.@Nullable Stored stored, boolean seenBefore) {
        switch (Delta.of(row, stored, byVersion)) {
            case INSERT -> insert(row);
            case UPDATE -> {
                updates.add(table.updateValues(row, stored == null ? "" : stored.id(), now));
                updated.add(row);
            }
            case SKIP -> skip(seenBefore);
        }
    }

    private void skip(boolean seenBefore) {
        skipped += seenBefore ? 0 : 1;
        repeated += seenBefore ? 1 : 0;
    }

    private void insert(Row row) {
        inserts.add(table.insertValues(row, ids.get(), now));
        inserted.add(row);
    }

    private void refuseTwin(Row row) {
        refused++;
        letters.add(Letters.twin(row));
    }

    void refusals(Page page) {
        fetched += page.fetched();
        skipped += page.known();
        for (Refusal refusal : page.refused()) {
            refused++;
            letters.add(refusal.letter());
        }
    }

    void delete(Changes.Batch gone) {
        deletion = gone;
    }

    Changes result(List<Page> pages) {
        List<Changes.Batch> batches = new ArrayList<>();
        if (!inserts.isEmpty()) {
            batches.add(new Changes.Batch(table.insertSql(now), inserts, inserted, table.insertBulk(now)));
        }
        if (!updates.isEmpty()) {
            batches.add(new Changes.Batch(table.updateSql(), updates, updated, table.updateBulk()));
        }
        List<Row> stored = new ArrayList<>(inserted.size() + updated.size());
        stored.addAll(inserted);
        stored.addAll(updated);
        int deleted = 0;
        if (deletion != null) {
            batches.add(deletion);
            deleted = deletion.rows().size();
        }
        RunCounts counts =
                new RunCounts(fetched, inserts.size(), updates.size(), deleted, skipped, refused, 0, repeated);
        return new Changes(pages, batches, counts, letters, stored, repeated > 0, Held.NONE);
    }
}
