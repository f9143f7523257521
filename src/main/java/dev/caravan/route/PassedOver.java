package dev.caravan.route;

import dev.caravan.model.Columns;
import dev.caravan.schema.RowJson;
import dev.caravan.target.Unseen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pass over all rows did not bring: stored rows, and records that wait for their parents or are dead letters for
 * want of them. Those are gone from the source as rows are, and must not be stored when their parents come. Used by one
 * thread at a time.
 */
final class PassedOver implements Unseen {
    private final RunPlan plan;
    private final Unseen rows;

    private PassedOver(RunPlan plan, Unseen rows) {
        this.plan = plan;
        this.rows = rows;
    }

    static Unseen of(RunPlan plan) {
        Unseen rows = plan.load().unseen();
        return plan.kin().parents().isEmpty() ? rows : new PassedOver(plan, rows);
    }

    /** The raw forms of those that are not stored, by business-key hash. */
    private Map<String, String> waiting(int most) {
        Stores stores = plan.stores();
        String entity = plan.entity().uid();
        Map<String, String> found = new LinkedHashMap<>();
        stores.orphans()
                .unseen(entity, plan.run(), plan.passBegan(), most)
                .forEach(orphan -> found.put(orphan.keyHash(), orphan.raw()));
        stores.waiting()
                .unseen(entity, plan.run(), plan.passBegan(), most)
                .forEach(child -> found.put(child.keyHash(), child.payload()));
        return found;
    }

    @Override
    public long count() {
        return rows.count() + waiting(Integer.MAX_VALUE).size();
    }

    @Override
    public long liveRows() {
        return rows.liveRows() + plan.stores().waiting().count(plan.entity().uid());
    }

    @Override
    public Map<String, List<String>> keys(int most) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        waiting(most).forEach((hash, raw) -> keys.put(hash, key(raw)));
        keys.putAll(rows.keys(most));
        return keys;
    }

    private List<String> key(String raw) {
        Columns columns = plan.entity().columns();
        @Nullable Object[] values = RowJson.read(columns, raw);
        List<String> key = new ArrayList<>();
        for (int index : columns.keyIndexes()) {
            key.add(String.valueOf(values[index]));
        }
        return key;
    }

    @Override
    public int markAll() {
        forget(null);
        return rows.markAll();
    }

    @Override
    public int mark(List<String> keyHashes) {
        forget(keyHashes);
        return rows.mark(keyHashes);
    }

    private void forget(@Nullable List<String> keyHashes) {
        Stores stores = plan.stores();
        String entity = plan.entity().uid();
        stores.orphans().forgetUnseen(entity, plan.run(), plan.passBegan(), keyHashes);
        stores.waiting().forgetUnseen(entity, plan.run(), plan.passBegan(), keyHashes);
    }
}
