package dev.caravan.cli;

import java.util.OptionalLong;

/** Is told how a pass goes, by several threads at once; must not block. */
public interface SyncListener {
    /**
     * An entity begins.
     *
     * @param rows how many rows the source speaks of; a hint only
     */
    void began(String entity, OptionalLong rows);

    /** So many rows of an entity, from its begin on, are fetched. */
    void fetched(String entity, long rows);

    /** An entity ended. */
    void ended(EntityOutcome outcome);

    /** Something else worth a line: what discovery found, a step of the record that is traced. */
    void note(String line);
}
