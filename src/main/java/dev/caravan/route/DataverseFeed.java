package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.Strategy;
import dev.caravan.source.dataverse.DataverseFaults;
import dev.caravan.source.dataverse.DataversePage;
import dev.caravan.source.dataverse.DataversePageReader;
import dev.caravan.source.dataverse.DataverseRequests;
import dev.caravan.source.dataverse.GuidSet;
import dev.caravan.source.dataverse.Listing;
import dev.caravan.source.dataverse.Listing.Kind;
import dev.caravan.source.dataverse.Origin;
import dev.caravan.source.dataverse.PagingGuard;
import dev.caravan.source.dataverse.Pieces;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run over one table of Dataverse: its changes or all of its rows, then what only a second listing shows. */
final class DataverseFeed implements Feed {
    private static final int MOST_LOOK_UPS = 2000;
    /** Where more pages than this have changed, the rows held are asked for by their ids. */
    private static final int MOST_PAGES = 20;
    /** An id of no row. */
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final DataverseStart start;
    private final DataverseRequests requests;
    private final DataversePageReader reader;
    private final Origin origin;
    private final DataverseCursors cursors;
    private volatile Listing listing;
    private volatile @Nullable String next;
    private volatile PagingGuard guard;
    private final DataverseSizes sizes;
    private volatile DataversePlace place = DataversePlace.BEGIN;
    private volatile @Nullable Pieces pieces;
    private volatile boolean function = true;
    private final DataverseRounds rounds;
    private volatile DataverseCursors.Reached reached = DataverseCursors.Reached.NOTHING;

    DataverseFeed(DataverseStart start, DataverseRequests requests, Origin origin, DataverseCursors cursors) {
        this.start = start;
        this.requests = requests;
        this.reader = new DataversePageReader(start.set(), start.columns());
        this.origin = origin;
        this.cursors = cursors;
        this.rounds = new DataverseRounds(start, requests);
        this.sizes = new DataverseSizes(start);
        this.listing = start.listing();
        this.next = start.listing().request();
        open(start.listing());
        this.guard = new PagingGuard(start.table());
    }

    /** How many bytes the next answer will have, about. */
    long expected() {
        return sizes.expected(listing, place.page());
    }

    /** The request for the next page: a path below the base, or a link as it was written. */
    String request() {
        String asked = next;
        if (asked == null) {
            throw new IllegalStateException("The listing of " + start.table() + " is at its end");
        }
        return asked;
    }

    /** Whether the listing follows a link to changes. */
    boolean followsChanges() {
        return listing.kind() == Kind.CHANGES;
    }

    /** What the service is asked to keep to in its answer. */
    String preferences() {
        return start.preferences(listing, sizes.now());
    }

    DataversePageReader reader() {
        return reader;
    }

    /** Whether the rows of an answer are only shown to be there, and not stored. */
    boolean onlyKeys() {
        return listing.onlyKeys();
    }

    /** Whether the table is to hold all rows of the source. */
    boolean wantsAll() {
        return start.linked() == null;
    }

    /** Whether a row is one of those that the table is to hold. */
    boolean wants(String key) {
        GuidSet linked = start.linked();
        return linked == null || linked.contains(key);
    }

    boolean marksDeletes() {
        return start.deletes();
    }

    int round() {
        return place.round();
    }

    /** Takes an answer; what is asked next follows from it. Answers the page's place in the run, from 1. */
    int take(DataversePage answer, long bytes) {
        guard.check(request(), answer);
        sizes.seen(listing, answer.size(), bytes);
        String link = answer.nextLink();
        String changes = answer.deltaLink();
        Pieces more = pieces;
        next = link != null ? origin.require(link) : more == null ? null : more.next(function);
        reached = reached.and(answer, changes == null ? null : origin.require(changes), listing);
        if (listing.onlyKeys()) {
            rounds.listed(answer);
        }
        DataversePlace after = place.after(answer);
        place = after;
        if (start.linked() != null && listing.kind() == Kind.ABOVE && next != null && after.page() > MOST_PAGES) {
            next = null;
            rounds.first(new Listing(Kind.PIECES, "", false, false));
        }
        if (next != null && sizes.isMuchTooSmall(listing, after.page() - 1)) {
            again(listing.ordered());
        }
        return after.pages();
    }

    /** Where the run stands after the last answer. */
    String checkpoint() {
        String link = next;
        return listing.kind() == Kind.ALL && link != null ? Listing.checkpoint(sizes.now(), link) : "";
    }

    @Override
    public String runType() {
        return start.listing().kind() == Kind.ALL ? "full" : "delta";
    }

    @Override
    public @Nullable String cursorStart() {
        return start.from();
    }

    @Override
    public String checkpointType() {
        return "PAGE";
    }

    @Override
    public boolean byVersion() {
        return start.columns().indexOf("versionnumber") >= 0;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public String position() {
        return listing.onlyKeys() ? "keys, page " + place.page() : "page " + place.page();
    }

    @Override
    public boolean another(RunPlan plan) {
        reached = reached.after(listing);
        GuidSet held = start.held();
        boolean allWanted = listing.kind() == Kind.PIECES && held != null && held.size() == 0;
        rounds.ended(listing, listing.whole() || allWanted, plan.movesCursors() && reached.several());
        if (plan.movesCursors()) {
            rounds.lookAgain(plan, cursors, listing, reached.several(), place.round() == 0);
        }
        Listing follows = rounds.next(plan.confirmDeletes() && !plan.confirmed());
        if (follows == null) {
            return false;
        }
        if (follows.onlyKeys() && rounds.outdated()) {
            plan.database()
                    .transaction()
                    .executeWithoutResult(status -> plan.load().forget());
        }
        begin(follows);
        return true;
    }

    /** Rows by their ids: those that are missing first; later those held that may have changed, or may be gone. */
    private void open(Listing other) {
        GuidSet linked = start.linked();
        GuidSet held = start.held();
        pieces = null;
        if (linked == null || held == null || other.kind() != Kind.PIECES && other.kind() != Kind.PRESENT) {
            return;
        }
        boolean begins = place.pages() == 0;
        GuidSet ids = linked.cut(held, !begins);
        boolean changes = !begins && other.kind() == Kind.PIECES && start.from() != null;
        DataverseRequests asked = changes ? requests.where("versionnumber gt " + start.from()) : requests;
        boolean all = start.whole()
                || start.strategy() != Strategy.VERSION
                || other.kind() == Kind.PRESENT && held.size() == 0;
        Pieces opened = new Pieces(asked, all ? linked : ids, other.kind() == Kind.PRESENT);
        pieces = opened;
        String first = opened.next(function);
        next = first == null ? requests.present(List.of(NOBODY)) : first;
    }

    private void begin(Listing other) {
        listing = other;
        next = other.request();
        guard = new PagingGuard(start.table());
        place = place.anew();
        sizes.begin(other);
        open(other);
    }

    @Override
    public boolean mend(CaravanException refusal) {
        Pieces asked = pieces;
        if (refusal.code().equals("PAGE_TOO_LARGE") && sizes.tooLarge(listing)) {
            if (asked == null) {
                again(listing.ordered());
            } else {
                next = asked.again(function);
            }
            return true;
        }
        if (refusal.code().equals(DataverseFaults.EXPIRED) && listing.kind() == Kind.CHANGES) {
            begin(new Listing(Kind.ALL, requests.all(), false, false));
            return true;
        }
        if (refusal.code().equals(DataverseFaults.NO_IN) && function && asked != null) {
            function = false;
            next = asked.again(false);
            return true;
        }
        boolean refused = refusal.code().equals(DataverseFaults.REFUSED);
        if (refused && listing.resumed() && place.page() == 1) {
            listing = new Listing(Kind.ALL, first(listing.ordered()), listing.ordered(), false);
            next = listing.request();
            return true;
        }
        boolean plainly = refused && listing.ordered();
        if (plainly) {
            again(false);
        }
        return plainly;
    }

    /** The same listing from its beginning. */
    private void again(boolean ordered) {
        String request = listing.resumed() ? first(ordered) : listing.request();
        String plain = ordered ? request : request.replaceFirst("[?&]\\$orderby=[^&]*$", "");
        begin(new Listing(listing.kind(), plain, ordered, false));
    }

    private String first(boolean ordered) {
        return start.strategy() == Strategy.VERSION ? requests.allByVersion(ordered) : requests.all();
    }

    @Override
    public boolean showsAll() {
        return listing.whole();
    }

    @Override
    public boolean showsGone(RunPlan plan) {
        return listing.whole() && start.deletes();
    }

    @Override
    public boolean isSuspicious() {
        return place.records() == 0;
    }

    @Override
    public int mostLookUps() {
        return start.columns().keyNames().size() == 1 ? MOST_LOOK_UPS : 0;
    }

    @Override
    public List<SourceRequest> lookUps(RunPlan plan, Map<String, List<String>> keys) {
        return DataverseLookUps.of(plan, requests, List.copyOf(keys.keySet()));
    }

    @Override
    public boolean sawFull() {
        return rounds.swept();
    }

    @Override
    public void close(RunPlan plan, long live) {
        if (start.moves()) {
            cursors.close(plan, start, reached);
        }
    }
}
