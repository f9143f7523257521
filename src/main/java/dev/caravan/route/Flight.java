package dev.caravan.route;

import org.jspecify.annotations.Nullable;

/** What one run has in flight on its lane. Used under the lock of {@link Lanes}. */
final class Flight {
    final int lane;
    /** Of the pages that came and are not stored. */
    long bytes;
    /** Of the answer that was asked for and for which there is no room yet. */
    long asked;
    /** Of the answer that there is room for. */
    long expected;
    /** Whether room is taken for each answer. */
    boolean asks;

    int pages;
    long rows;
    int enriched;
    int arrived;

    @Nullable
    Exception broken;

    Flight(int lane) {
        this.lane = lane;
    }

    boolean isEmpty() {
        return bytes + expected == 0;
    }

    void check() throws Exception {
        if (broken != null) {
            throw broken;
        }
    }
}
