package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunCounts;
import dev.caravan.model.Strategy;
import dev.caravan.source.apismith.AnswerMemory;
import dev.caravan.source.apismith.ApiSmithPage;
import dev.caravan.source.apismith.ApiSmithPageReader;
import dev.caravan.source.apismith.ApiSmithPaging;
import dev.caravan.source.apismith.Checkpoint;
import dev.caravan.source.apismith.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run over one API: listings by page number, repeated where rows moved between the pages. */
final class ApiSmithFeed implements Feed {
    private static final int MOST_ROUNDS = 5;
    private static final int MOST_LOOK_UPS = 200;

    private final Stores stores;
    private final Strategy strategy;
    private final boolean byVersion;
    private final boolean movesCursor;
    private final boolean begun;
    private final boolean firstLoad;
    private final Nights.@Nullable Left left;
    private final ApiSmithPageReader reader;
    private final AnswerMemory memory;
    private volatile boolean begunAnew;
    private volatile long heldWhenKnown = -1;
    private volatile Listing listing;
    private volatile @Nullable ApiSmithPage previous;
    private volatile @Nullable String safeCursor;
    private volatile boolean sawFull;
    private volatile int confirming = Integer.MAX_VALUE;

    /**
     * @param movesCursor whether all rows up to where the run begins are stored, so that its end is a new cursor
     * @param left what is known of the pass that the listing goes on with; null where nothing is, or it begins its own
     * @param memory what is known of the listing's answers
     */
    ApiSmithFeed(
            Stores stores,
            EntityRecord entity,
            Strategy strategy,
            boolean byVersion,
            boolean movesCursor,
            Listing listing,
            Nights.@Nullable Left left,
            AnswerMemory memory) {
        this.stores = stores;
        this.strategy = strategy;
        this.byVersion = byVersion;
        this.movesCursor = movesCursor;
        this.listing = listing;
        this.firstLoad = entity.firstLoad();
        this.left = left;
        this.memory = memory;
        this.begun = !listing.resumed();
        this.reader = new ApiSmithPageReader(entity.slug(), entity.columns());
    }

    ApiSmithPageReader reader() {
        return reader;
    }

    Listing listing() {
        return listing;
    }

    /** Reads an answer, but for one that is known; nothing of it where the listing is to begin anew. */
    ApiSmithPage read(byte[] body) {
        ApiSmithPage known = memory.recognise(listing, body);
        if (known != null) {
            return known;
        }
        return memory.isLost() ? ApiSmithPage.NOTHING : reader.read(body);
    }

    /** Takes an answer; what is asked next follows from it. */
    Listing take(RunPlan plan, ApiSmithPage page) {
        begunAnew = memory.isLost();
        if (begunAnew) {
            beginAnew(plan, true);
            return listing;
        }
        Listing after = ApiSmithPaging.after(listing, page, previous);
        memory.learn(listing, after, page);
        listing = after;
        previous = page.size() == 0 || after.looksAhead() || after.isSeeking() ? null : page;
        return after;
    }

    /** What was passed over is read after all, and counts as it is read. */
    private void beginAnew(RunPlan plan, boolean amid) {
        long passed = memory.beginAnew();
        stores.runs().add(plan.run(), new RunCounts(-passed, 0, 0, 0, -passed, 0, 0, 0), 0);
        begin(listing.anew(amid));
    }

    @Override
    public String runType() {
        return strategy == Strategy.HASH ? "hash" : listing.full() ? "full" : "delta";
    }

    @Override
    public @Nullable String cursorStart() {
        return listing.above();
    }

    @Override
    public String checkpointType() {
        return "ROWVERSION";
    }

    @Override
    public boolean byVersion() {
        return byVersion;
    }

    @Override
    public boolean hasNext() {
        return previous != null || begunAnew || listing.looksAhead() || listing.isSeeking();
    }

    @Override
    public String position() {
        return "page " + listing.page();
    }

    @Override
    public boolean another(RunPlan plan) {
        Listing done = listing;
        if (memory.isAllKnown() && !isAsStored(plan)) {
            beginAnew(plan, false);
            return true;
        }
        settle(done);
        boolean repeatedInLoad = done.round() == 0 && plan.load().sawRepeated();
        if (done.shaken() || repeatedInLoad || plan.confirmDeletes() && done.full() && !plan.confirmed()) {
            if (done.round() >= MOST_ROUNDS) {
                throw new CaravanException(
                        FaultKind.TRANSIENT,
                        "LISTING_UNSTABLE",
                        plan.entity().name()
                                + ": its rows keep moving between the pages; what came is stored, the cursor stays");
            }
            begin(done.again(done.full(), done.above()));
            if (plan.confirmDeletes()) {
                confirming = Math.min(confirming, listing.round());
            }
            return true;
        }
        String start = done.highestAtStart();
        boolean moved = start != null && done.dataPages() > 1 && !start.equals(done.highest());
        if (usesVersions(done) && moved && start != null && done.round() < MOST_ROUNDS) {
            String below = plan.load().versionBelow(start);
            begin(done.again(false, below == null ? start : below));
            return true;
        }
        return false;
    }

    private void begin(Listing next) {
        listing = next;
        previous = null;
    }

    /** Takes note of a listing that is over: up to which row version all rows are surely stored. */
    private void settle(Listing done) {
        sawFull |= done.full() && sawAll(done);
        String safe = done.dataPages() <= 1 ? done.highest() : done.highestAtStart();
        safeCursor = ApiSmithPaging.later(safeCursor, safe);
    }

    private boolean usesVersions(Listing done) {
        return strategy == Strategy.ROWVERSION
                || strategy == Strategy.AUTO && done.versioned() && done.highest() != null;
    }

    @Override
    public boolean mend(CaravanException refusal) {
        if (!refusal.code().equals("PAGE_TOO_LARGE")) {
            return false;
        }
        Listing halved = listing.halved();
        boolean possible = halved.pageSize() != listing.pageSize();
        listing = halved;
        return possible;
    }

    @Override
    public boolean showsAll() {
        return listing.full() && sawAll(listing) && !listing.shaken();
    }

    /**
     * Whether a listing was seen from its first page on, by this run or by those before it that it goes on with; any other
     * says nothing of deletions.
     */
    private boolean sawAll(Listing of) {
        return begun || left != null || of.round() > 0;
    }

    @Override
    public @Nullable Instant passBegan() {
        return left == null ? null : left.began();
    }

    @Override
    public boolean confirmsDeletes() {
        return left != null && left.confirming();
    }

    @Override
    public Optional<Nights.Left> leaves(RunPlan plan, String checkpoint) {
        Checkpoint stands = Checkpoint.parse(checkpoint);
        boolean noted = stands.round() > 0 || left != null || begun && !firstLoad;
        if (!noted || !stands.full() || !stands.isKnownPlace()) {
            return Optional.empty();
        }
        Instant began = left == null ? plan.startedAt() : left.began();
        return Optional.of(new Nights.Left(began, checkpoint, confirmsDeletes() || stands.round() >= confirming));
    }

    @Override
    public boolean showsGone(RunPlan plan) {
        return showsAll() && plan.settings().markDeletes() && !memory.isAllKnown();
    }

    /** As long as nobody has taken rows out of the table meanwhile. */
    @Override
    public boolean isAsStored(RunPlan plan) {
        if (memory.isAllKnown() && heldWhenKnown < 0) {
            heldWhenKnown = plan.load().liveRows();
        }
        return memory.isAllKnown() && heldWhenKnown == memory.passedOver();
    }

    @Override
    public boolean isSuspicious() {
        return false;
    }

    @Override
    public int mostLookUps() {
        return MOST_LOOK_UPS;
    }

    @Override
    public List<SourceRequest> lookUps(RunPlan plan, Map<String, List<String>> keys) {
        List<SourceRequest> requests = new ArrayList<>();
        List<String> names = plan.entity().columns().keyNames();
        keys.forEach((hash, values) -> {
            Map<String, String> key = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                key.put(names.get(i), values.get(i));
            }
            requests.add(new SourceRequest(
                    SourceRequest.Kind.LOOK_UP,
                    plan.connector().type(),
                    plan.connector().name(),
                    plan.run(),
                    ApiSmithPaging.lookUp(plan.entity().slug(), key),
                    hash));
        });
        return requests;
    }

    @Override
    public boolean sawFull() {
        return sawFull;
    }

    @Override
    public void close(RunPlan plan, long live) {
        String uid = plan.entity().uid();
        String cursor = safeCursor;
        boolean versions = strategy == Strategy.ROWVERSION || strategy == Strategy.AUTO && listing.versioned();
        if (movesCursor && versions && cursor != null) {
            stores.cursors().advance(uid, cursor);
            String held = stores.cursors().value(uid).orElse(cursor);
            stores.entities().setLastRowversion(uid, held);
            stores.runs().setCursorEnd(plan.run(), held);
        } else {
            memory.learnt(listing).ifPresent(learnt -> KnownListings.keep(plan, learnt, live));
        }
    }
}
