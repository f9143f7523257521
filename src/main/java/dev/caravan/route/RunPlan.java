package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.target.Load;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run needs, worked out once: how its rows are read, changed and written, and where it stands.
 *
 * <p>The feed belongs to the fetching thread, the load to the storing one; the rest is immutable.
 */
final class RunPlan {
    private final String run;
    private final String trigger;
    private final EntityRecord entity;
    private final ConnectorSettings connector;
    private final TargetDatabase database;
    private final String target;
    private final Feed feed;
    private final RowShape shape;
    private final Kin kin;
    private final Map<String, String> releases;
    private final Instant startedAt;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong throttles = new AtomicLong();
    private volatile @Nullable Load load;
    private volatile boolean confirmDeletes;
    private volatile boolean confirmed;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean limited;
    private volatile @Nullable CutShort cutShort;
    private volatile long held;
    private volatile @Nullable Verification verification;
    private volatile int tries;
    private volatile @Nullable Instant closing;

    RunPlan(
            String run,
            String trigger,
            EntityRecord entity,
            ConnectorSettings connector,
            TargetDatabase database,
            String target,
            Feed feed,
            RowShape shape,
            Kin kin,
            Map<String, String> releases,
            Instant now) {
        this.run = run;
        this.trigger = trigger;
        this.entity = entity;
        this.connector = connector;
        this.database = database;
        this.target = target;
        this.feed = feed;
        this.shape = shape;
        this.kin = kin;
        this.releases = releases;
        this.startedAt = now;
    }

    String run() {
        return run;
    }

    /** What started it: {@code cli}, {@code schedule}. */
    String trigger() {
        return trigger;
    }

    EntityRecord entity() {
        return entity;
    }

    ConnectorSettings connector() {
        return connector;
    }

    /** The kind of its target, which names the routes: {@code sql}. */
    String target() {
        return target;
    }

    /** Names the route that stores its pages: its target, and which database where it is not the main one. */
    String storeRoute() {
        return target.equals(Targets.SQL) ? target + database.suffix() : target;
    }

    /** Where what is remembered of it is kept, and its rows where its target is SQL. */
    TargetDatabase database() {
        return database;
    }

    /** What is remembered of it. */
    Stores stores() {
        return database.stores();
    }

    EntitySettings settings() {
        return DataverseSource.settings(connector, entity.slug(), entity.description());
    }

    /** Where the run stands in its source. */
    Feed feed() {
        return feed;
    }

    /** What the stages make of its rows. */
    RowShape shape() {
        return shape;
    }

    /** What the entity is to others. */
    Kin kin() {
        return kin;
    }

    /** The runs in which records of other entities count that were released by this one, by uid of the entity. */
    Map<String, String> releases() {
        return releases;
    }

    Instant startedAt() {
        return startedAt;
    }

    AtomicLong requests() {
        return requests;
    }

    AtomicLong retries() {
        return retries;
    }

    AtomicLong throttles() {
        return throttles;
    }

    Load load() {
        Load opened = load;
        if (opened == null) {
            throw new IllegalStateException("The load of " + entity.name() + " is not open");
        }
        return opened;
    }

    void open(Load opened) {
        this.load = opened;
    }

    /** Keeps what it has seen for a later run of the same pass; nothing where its load was never opened. */
    void keepSeen() {
        Load opened = load;
        if (opened != null) {
            opened.keepSeen();
        }
    }

    /** When the pass over all rows began that it ends: with it, or with an earlier run. */
    Instant passBegan() {
        Instant began = feed.passBegan();
        return began == null ? startedAt : began;
    }

    /** Forgets what only the run needed; nothing where its load was never opened. */
    void forget() {
        Load opened = load;
        if (opened != null) {
            opened.forget();
        }
    }

    /** Ends it before its listing is at an end: what came is stored, and nothing is concluded from what did not. */
    void cutShort(CutShort why) {
        this.cutShort = why;
    }

    /** Why it is to end at this page; null if it is to go on. */
    @Nullable
    CutShort whyCutShort() {
        return cutShort;
    }

    /** Makes it a comparison; before its first page. */
    void verify(Verification comparison) {
        this.verification = comparison;
    }

    /** What the run finds, where it compares the table with its source; null for any other run. */
    @Nullable
    Verification verification() {
        return verification;
    }

    /** Whether the run brings the entity's cursors, checkpoints and state forward. */
    boolean movesCursors() {
        return verification == null && feed.movesCursors();
    }

    /** Bounds how many records it takes. */
    void limit(long records) {
        limited = true;
        left.set(records);
    }

    /** Whether it takes only so many records, which says nothing of where it stands. */
    boolean isLimited() {
        return limited;
    }

    /** How many of so many records it may take; they count as taken. */
    int take(int records) {
        long before = left.getAndUpdate(now -> Math.max(0, now - records));
        return (int) Math.min(records, before);
    }

    boolean isLimitReached() {
        return left.get() == 0;
    }

    /** Which try of the run this is, from 1; 0 for a run that is tried only once. */
    int tries() {
        return tries;
    }

    void tries(int count) {
        this.tries = count;
    }

    /** When the window closes in which it may run; null if there is none. */
    @Nullable
    Instant closing() {
        return closing;
    }

    void closing(@Nullable Instant when) {
        this.closing = when;
    }

    /** Why a run ends before its listing: its status, the code of a failure or null, and words for people. */
    record CutShort(String status, @Nullable String code, String message) {}

    /** Whether another listing has said the same of the deletions. */
    boolean confirmed() {
        return confirmed;
    }

    void confirm() {
        this.confirmed = true;
    }

    /** Whether deletions wait for another listing to say the same. */
    boolean confirmDeletes() {
        return confirmDeletes;
    }

    void confirmDeletes(boolean confirm) {
        this.confirmDeletes = confirm;
    }

    /** How many deletions wait for a person's word. */
    long held() {
        return held;
    }

    void hold(long rows) {
        this.held = rows;
    }
}
