package dev.caravan.source.apismith;

import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the data call, read.
 *
 * @param rows its records as they came
 * @param refused records that are not of the form of the contract
 * @param total how many rows the source says there are; -1 if it does not say
 * @param versioned whether every record brought a row version
 * @param highest highest row version; null for none
 * @param fingerprint tells one page's content from another's
 * @param keys hashes of the keys of all records, to notice a row that shifted onto the next page
 * @param known how many records it holds that were not read, because the answer is known
 */
public record ApiSmithPage(
        List<Row> rows,
        List<Refusal> refused,
        long total,
        boolean versioned,
        @Nullable String highest,
        long fingerprint,
        List<Integer> keys,
        int known) {

    /** Of an answer nothing was read. */
    public static final ApiSmithPage NOTHING = known(0, 0);

    /** An answer that is known and was not read. */
    static ApiSmithPage known(int records, long fingerprint) {
        return new ApiSmithPage(List.of(), List.of(), -1, false, null, fingerprint, List.of(), records);
    }

    /** Number of records: read, refused or known. */
    public int size() {
        return rows.size() + refused.size() + known;
    }

    /** A hash of the key of its first record; null if it has none. */
    @Nullable
    Integer first() {
        return keys.isEmpty() ? null : keys.get(0);
    }

    /** Whether it holds a record, by the hash of its key. */
    boolean holds(@Nullable Integer key) {
        return key != null && keys.contains(key);
    }

    /** Whether it holds the same keys as that one, in the same order, whatever else the answers say. */
    boolean repeats(ApiSmithPage before) {
        boolean keyed = !rows.isEmpty() && rows.get(0).sourceColumns().keyIndexes().length > 0;
        return keyed && keys.equals(before.keys);
    }

    /** Whether the first record of this page stood on that one too. */
    public boolean beginsWithOneOf(ApiSmithPage before) {
        return !keys.isEmpty() && before.keys.contains(keys.get(0));
    }
}
