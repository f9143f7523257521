package dev.caravan.route;

import dev.caravan.model.Columns;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Row;
import dev.caravan.schema.RowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dead letters of records that another system does not delete. Stateless. */
final class HubDeletions {
    /** Code of a letter whose record is not sent again but deleted. */
    static final String CODE = "DELETE_REFUSED";

    private HubDeletions() {}

    /**
     * Keeps letters of records that were not deleted, and forgets those of records that were. Inside the transaction that
     * counts them.
     *
     * @param refused the other system's words, by business-key hash
     */
    static void settle(RunPlan plan, List<String> gone, Map<String, String> refused) {
        Stores stores = plan.stores();
        String entity = plan.entity().uid();
        if (stores.deadLetters().any(entity)) {
            List<String> references = new ArrayList<>();
            stores.sent().keys(entity, gone).forEach((hash, key) -> references.add(reference(plan, hash, key)));
            stores.deadLetters().resolve(entity, references);
        }
        List<DeadLetter> letters = new ArrayList<>();
        stores.sent()
                .keys(entity, refused.keySet())
                .forEach((hash, key) -> letters.add(new DeadLetter(
                        "INGEST",
                        CODE,
                        "BAD_DATA",
                        "ScheduleHub refused to delete the record: " + refused.get(hash),
                        reference(plan, hash, key),
                        RowJson.write(plan.entity().columns(), values(plan, key)),
                        null,
                        null,
                        null)));
        stores.deadLetters().add(plan.run(), entity, letters);
    }

    private static String reference(RunPlan plan, String hash, List<String> key) {
        return plan.shape().reference(Row.raw(plan.entity().columns(), values(plan, key), null, "", null), hash);
    }

    private static @Nullable Object[] values(RunPlan plan, List<String> key) {
        Columns columns = plan.entity().columns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        int[] indexes = columns.keyIndexes();
        for (int i = 0; i < indexes.length && i < key.size(); i++) {
            values[indexes[i]] = key.get(i);
        }
        return values;
    }
}
