package dev.caravan.delta;

import dev.caravan.model.Row;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a comparison of a row of the source with what is stored of it comes to, value by value. */
public enum Verdict {
    /** Stored as the source has it. */
    SAME,
    /** Changed at the source since it was stored, or new there: the next sync brings it, or its parent does. */
    WAITING,
    /** Not stored, though a sync has passed it. */
    MISSING,
    /** Called deleted, though the source has it. */
    MARKED,
    /** A stored value is not the source's. */
    DIFFERENT,
    /** The values are right, the stored hash is not theirs. */
    HASH,
    /** The values are right, the stored record does not say the same. */
    RECORD;

    /**
     * What is stored of a row.
     *
     * @param valuesHash the data hash of the stored values; empty where one of them cannot be read
     * @param hash the data hash that is stored; null for none
     * @param version the version that is stored; null for none
     * @param deleted whether it is soft-deleted
     * @param recordHash the data hash that the stored record gives; null where records are not kept
     */
    public record Held(
            String valuesHash,
            @Nullable String hash,
            @Nullable String version,
            boolean deleted,
            @Nullable String recordHash) {}

    /**
     * Compares.
     *
     * @param row identified
     * @param keptHash the data hash that the row's values have once the database has stored them
     * @param held null if nothing is
     * @param reached the version that syncs have come to; null where that says nothing
     */
    public static Verdict of(Row row, String keptHash, @Nullable Held held, @Nullable String reached) {
        if (held == null) {
            return isAbove(row.rowVersion(), reached) ? WAITING : MISSING;
        }
        if (held.deleted) {
            return isAbove(row.rowVersion(), held.version) ? WAITING : MARKED;
        }
        boolean untouched = held.valuesHash.equals(held.hash);
        if (!held.valuesHash.equals(keptHash)) {
            return untouched && isAbove(row.rowVersion(), held.version) ? WAITING : DIFFERENT;
        }
        if (!untouched && !Objects.equals(held.hash, row.dataHash())) {
            return HASH;
        }
        return held.recordHash == null || held.recordHash.equals(row.dataHash()) ? SAME : RECORD;
    }

    /** Numbers by their size, other versions as text. */
    private static boolean isAbove(@Nullable String version, @Nullable String other) {
        if (version == null || other == null) {
            return false;
        }
        boolean numbers = version.length() != other.length() && (version + other).matches("\\d+");
        return numbers ? version.length() > other.length() : version.compareTo(other) > 0;
    }

    /** Whether it is wrong in a way that no sync mends. */
    public boolean isWrong() {
        return this != SAME && this != WAITING;
    }

    /** As reports write it: {@code different}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
