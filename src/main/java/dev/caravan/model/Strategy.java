package dev.caravan.model;

import java.util.Locale;

/** How changed rows of an entity are found. */
public enum Strategy {
    /** {@link #ROWVERSION} where every row brings a usable version, else {@link #HASH}. */
    AUTO,
    /** All rows every time. */
    FULL,
    /** Only rows whose version lies above the cursor, and all of them now and then. */
    ROWVERSION,
    /** All rows every time, told apart by their data hash. */
    HASH,
    /** What the source's own tracking of changes says, deletions too. */
    TRACK,
    /** Rows whose version number lies above the cursor. */
    VERSION,
    /** Rows changed at or after the cursor's time. */
    MODIFIED;

    /** As configuration and tables write it: {@code rowversion}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads either spelling.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Strategy of(String text) {
        return valueOf(text.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
