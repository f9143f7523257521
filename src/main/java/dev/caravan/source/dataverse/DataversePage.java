package dev.caravan.source.dataverse;

import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer, read.
 *
 * @param rows in the order they came
 * @param refused records without a key
 * @param gone keys of rows that the answer says are gone
 * @param nextLink where the next page is, as written; null on the last one
 * @param deltaLink where later changes will be, as written; null where none is given
 * @param highestVersion the highest version among the rows; -1 for none
 * @param latestChange the latest {@code modifiedon} among the rows, as written; null for none
 * @param content a hash of the rows' bytes, by which the same page is known again; 0 on the last one
 */
public record DataversePage(
        List<Row> rows,
        List<Refusal> refused,
        List<String> gone,
        @Nullable String nextLink,
        @Nullable String deltaLink,
        long highestVersion,
        @Nullable String latestChange,
        long content) {
    public DataversePage {
        rows = List.copyOf(rows);
        refused = List.copyOf(refused);
        gone = List.copyOf(gone);
    }

    /** Records and deletions in the answer. */
    public int size() {
        return rows.size() + refused.size() + gone.size();
    }
}
