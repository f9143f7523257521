package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands in its source: which page is asked for next, and what the end of a listing means.
 *
 * <p>Made anew for each run. The fetching thread moves it; other threads only look.
 */
interface Feed {
    /** What its routes are named after: the type of the connector. */
    default String kind(ConnectorSettings connector) {
        return connector.type();
    }

    /** Whether the run brings the entity's cursors and checkpoints forward. */
    default boolean movesCursors() {
        return true;
    }

    /** What the history calls the run: {@code full}, {@code delta} or {@code hash}. */
    String runType();

    /** From where the run begins, for the history; null for all rows. */
    @Nullable
    String cursorStart();

    /** Under which type of cursor the checkpoint is kept: {@code ROWVERSION}, {@code PAGE}. */
    String checkpointType();

    /** Whether a row whose version moved is stored again though its hash is the same. */
    boolean byVersion();

    /** Whether the listing that is being read has another page. */
    boolean hasNext();

    /** What is being asked, for people: {@code page 3}. */
    String position();

    /**
     * After a listing is settled: moves on to another one.
     *
     * @return false if the run is at its end
     * @throws CaravanException LISTING_UNSTABLE if listings of this source never agree
     */
    boolean another(RunPlan plan);

    /**
     * Changes what is asked next after a refusal, so that the request is worth another try at once: a smaller page, no
     * order, all rows instead of an expired link.
     *
     * @return false if nothing can be changed
     */
    boolean mend(CaravanException refusal);

    /** Whether the listing, now that it is over, has shown all rows. */
    boolean showsAll();

    /** Whether rows that the listing did not show, now that it is over, seem to be gone from the source. */
    boolean showsGone(RunPlan plan);

    /** Whether the listing, now that it is over, showed just the rows that the target holds, without their having been read. */
    default boolean isAsStored(RunPlan plan) {
        return false;
    }

    /** Whether a listing without any record, while rows are held, waits for a person's word however few they are. */
    boolean isSuspicious();

    /** At most so many rows are looked up one more time; where more seem to be gone, another listing decides. */
    int mostLookUps();

    /**
     * Asks for rows once more before they are called deleted.
     *
     * @param keys values of the business key, by the hash of the key
     */
    List<SourceRequest> lookUps(RunPlan plan, Map<String, List<String>> keys);

    /** Whether all rows were listed at least once in this run. */
    boolean sawFull();

    /** When the pass over all rows began that the run goes on with; null where it begins its own. */
    default @Nullable Instant passBegan() {
        return null;
    }

    /** Whether the pass that the run goes on with is the listing that was to confirm deletions. */
    default boolean confirmsDeletes() {
        return false;
    }

    /**
     * What a later run needs to go on with a pass that ends before its end.
     *
     * @param checkpoint where it stands, as it is kept
     * @return empty where not all rows up to there were seen in the pass, or nobody goes on with it
     */
    default Optional<Nights.Left> leaves(RunPlan plan, String checkpoint) {
        return Optional.empty();
    }

    /**
     * Moves the cursors of the entity; called once, at the good end of the run, inside its last transaction.
     *
     * @param live how many rows the target holds now
     */
    void close(RunPlan plan, long live);
}
