package dev.caravan.route;

import dev.caravan.model.Strategy;
import dev.caravan.source.dataverse.DataverseRequests;
import dev.caravan.source.dataverse.Listing;
import dev.caravan.source.dataverse.Listing.Kind;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Which listings a run over a table of Dataverse owes after those that it has read. Used by the thread that fetches. */
final class DataverseRounds {
    private final DataverseStart start;
    private final DataverseRequests requests;
    private final ArrayDeque<Listing> further;
    private volatile boolean swept;
    private volatile boolean outdated;

    DataverseRounds(DataverseStart start, DataverseRequests requests) {
        this.start = start;
        this.requests = requests;
        this.further = new ArrayDeque<>(start.further());
    }

    /** Has this listing follow before all others. */
    void first(Listing listing) {
        further.addFirst(listing);
    }

    /**
     * A listing is over.
     *
     * @param all whether it has shown all rows that are wanted
     * @param several whether a listing of all rows had several pages, in a run that brings the cursor forward
     */
    void ended(Listing listing, boolean all, boolean several) {
        swept |= all;
        boolean late = listing.resumed() || start.strategy() == Strategy.TRACK && several;
        outdated = start.deletes() && (listing.kind() == Kind.ALL ? late : outdated && !listing.onlyKeys());
    }

    /**
     * What is listed next; null for nothing.
     *
     * @param confirm whether another listing is to decide which rows are gone
     */
    @Nullable
    Listing next(boolean confirm) {
        Listing follows = further.poll();
        if (follows != null) {
            return follows;
        }
        if (!confirm && !outdated && (!start.sweep() || swept)) {
            return null;
        }
        boolean keys = start.linked() == null;
        return new Listing(keys ? Kind.KEYS : Kind.PRESENT, keys ? requests.keys() : "", false, false);
    }

    /**
     * Whether rows that were seen may be gone by now, and no later run would hear of it: a link to changes is stamped at the
     * last page of a load, and a load that is resumed has pages from before.
     */
    boolean outdated() {
        return outdated;
    }

    /** Whether all rows were listed at least once. */
    boolean swept() {
        return swept;
    }
}
