package dev.caravan.pipeline;

import java.util.List;

/** A story of edits at the source and of things that go wrong, one sync a step. */
record History(boolean patient, boolean ordered, List<Step> steps) {
    /** What happens to the rows at the source. */
    enum Edit {
        INSERT,
        UPDATE,
        DELETE,
        MOVE,
        REVIVE,
        CHANGE_KEY
    }

    /** What goes wrong while a sync is under way. */
    enum Fault {
        NONE,
        THROTTLED_429,
        UNAVAILABLE_503,
        RESET,
        TRUNCATED,
        REFUSED_404,
        SQL_PASSING,
        SQL_REFUSED,
        SQL_ANSWER_LOST,
        SQL_GONE,
        HALT
    }

    /**
     * One sync.
     *
     * @param edits what changes at the source
     * @param during whether it changes while the sync reads, else before
     * @param where picks rows
     * @param fault what goes wrong
     * @param at at which request or statement from 1
     * @param full whether all rows are asked for
     */
    record Step(List<Edit> edits, boolean during, int where, Fault fault, int at, boolean full) {}
}
