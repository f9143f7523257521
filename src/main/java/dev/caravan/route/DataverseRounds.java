package dev.caravan.route;

import dev.caravan.model.Strategy;
import dev.caravan.source.dataverse.DataversePage;
import dev.caravan.source.dataverse.DataverseRequests;
import dev.caravan.source.dataverse.GuidSet;
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
    /** Whether the versions of the keys are to tell if anything changed behind a load. */
    private volatile boolean owed;

    private volatile long newest;

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
     * A listing is over: what changed behind the place where it stood is asked for once more, in the same run. A link to
     * changes is stamped at the last page of a load (powerapps-docs issue 3862), so that changes before it are told by
     * neither; a load that goes on where it broke off has pages from before. Where keys are listed for the deletions and have
     * versions, these tell first whether there is anything to ask for.
     *
     * @param several whether a listing of all rows had several pages
     * @param first whether it is the run's first listing
     */
    void lookAgain(RunPlan plan, DataverseCursors cursors, Listing ended, boolean several, boolean first) {
        boolean load = ended.kind() == Kind.ALL && (ended.resumed() || start.strategy() == Strategy.TRACK && several);
        if (load && outdated && start.linked() == null && hasVersions()) {
            owed = true;
            newest = -1;
        } else if (owed && ended.kind() == Kind.KEYS) {
            owed = false;
            long settled = cursors.settled(plan, start);
            if (newest > settled) {
                further.addFirst(new Listing(Kind.BACKING, requests.above(settled, false), false, false));
            }
        } else if (load) {
            further.addFirst(new Listing(Kind.BACKING, changed(plan, cursors), false, false));
        } else if (first && isContinued(ended)) {
            String above = requests.above(cursors.settled(plan, start), true);
            further.addFirst(new Listing(Kind.ABOVE, above, true, false));
        }
    }

    private boolean hasVersions() {
        boolean versions = start.strategy() == Strategy.TRACK || start.strategy() == Strategy.VERSION;
        return versions && start.columns().indexOf("versionnumber") >= 0;
    }

    /** Takes an answer of keys, which may tell their versions; a row that has none may be a changed one. */
    void listed(DataversePage keys) {
        boolean told = keys.rows().stream().allMatch(row -> row.rowVersion() != null);
        newest = Math.max(newest, told ? keys.highestVersion() : Long.MAX_VALUE);
    }

    /** Changes since before the load began, as far as the table can tell them; else all rows. */
    private String changed(RunPlan plan, DataverseCursors cursors) {
        if (hasVersions()) {
            return requests.above(cursors.settled(plan, start), false);
        }
        boolean times = start.strategy() != Strategy.FULL && start.columns().indexOf("modifiedon") >= 0;
        return times ? requests.changed(cursors.before(plan)) : requests.all();
    }

    /** Only rows that were missing were asked for, and nothing told from where changes of the others are to be asked for. */
    private boolean isContinued(Listing ended) {
        GuidSet held = start.held();
        return ended.kind() == Kind.PIECES
                && start.from() == null
                && !start.whole()
                && start.strategy() == Strategy.VERSION
                && held != null
                && held.size() > 0;
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
        if (start.linked() != null) {
            return new Listing(Kind.PRESENT, "", false, false);
        }
        return new Listing(Kind.KEYS, owed ? requests.keysAndVersions() : requests.keys(), false, false);
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
