package dev.caravan.delta;

import dev.caravan.model.Row;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to be done with a row. */
public enum Delta {
    /** Not stored yet. */
    INSERT,
    /** Stored otherwise, or soft-deleted before. */
    UPDATE,
    /** Stored as it is. */
    SKIP;

    /**
     * Compares a row with what is stored under its key.
     *
     * @param row identified
     * @param stored null if nothing is
     * @param byVersion whether the source's row versions mean something: then a row whose version moved is stored again
     */
    public static Delta of(Row row, @Nullable Stored stored, boolean byVersion) {
        if (stored == null) {
            return INSERT;
        }
        boolean same = !stored.deleted()
                && row.dataHash() != null
                && row.dataHash().equals(stored.hash())
                && (!byVersion || Objects.equals(row.rowVersion(), stored.version()));
        return same ? SKIP : UPDATE;
    }

    /**
     * What is stored of a row.
     *
     * @param id our identity of it
     * @param hash its data hash
     * @param version its row version
     * @param deleted whether it is soft-deleted
     */
    public record Stored(
            String id, @Nullable String hash, @Nullable String version, boolean deleted) {}
}
