package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunRecord;
import dev.caravan.model.Strategy;
import dev.caravan.source.dataverse.DataversePage;
import dev.caravan.source.dataverse.Listing;
import dev.caravan.source.dataverse.Overlap;
import dev.caravan.target.sql.SqlLoad;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far tables of Dataverse have come, by link, version or time; how it is read and kept. A cursor never goes
 * backwards, and one kind of it never touches another. Safe for several threads.
 */
final class DataverseCursors {
    static final String LINK = "DELTA_TOKEN";
    static final String VERSION = "VERSION";
    static final String TIME = "TIMESTAMP";
    /** A version below which everything was surely seen by a listing of all rows, and when that began. */
    private static final String BASE = "VERSION_BASE";
    /** A version above which rows are asked for once more beside a link. */
    private static final String BACKING = "VERSION_BACKING";

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int RUNS = 500;
    /** A begin after which no other table's runs begin. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Stores stores;
    private final Clock clock;

    DataverseCursors(Stores stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * What the pages of a run have shown.
     *
     * @param link to later changes; null for none
     * @param version the highest; -1 for none
     * @param time the latest change; null for none
     * @param all whether all rows were listed, from the first or from where an earlier run broke off
     * @param several whether a listing of all rows had a page that was not its last
     */
    record Reached(
            @Nullable String link, long version, @Nullable String time, boolean all, boolean several) {
        static final Reached NOTHING = new Reached(null, -1, null, false, false);

        Reached and(DataversePage page, @Nullable String newer, Listing listing) {
            String latest = page.latestChange();
            boolean later = latest != null && (time == null || latest.compareTo(time) > 0);
            return new Reached(
                    newer == null ? link : newer,
                    listing.onlyKeys() ? version : Math.max(version, page.highestVersion()),
                    later ? latest : time,
                    all,
                    several || listing.kind() == Listing.Kind.ALL && (page.nextLink() != null || listing.resumed()));
        }

        Reached after(Listing listing) {
            return new Reached(link, version, time, all || listing.kind() == Listing.Kind.ALL, several);
        }
    }

    Optional<String> link(EntityRecord entity) {
        return stores.cursors().value(entity.uid(), LINK);
    }

    Optional<Long> backing(EntityRecord entity) {
        return stores.cursors().value(entity.uid(), BACKING).map(Long::valueOf);
    }

    /** The version above which to ask; empty where only all rows are sure to hold what is missing. */
    Optional<Long> version(EntityRecord entity, ConnectorSettings connector) {
        if (stores.cursors().value(entity.uid(), VERSION).isEmpty()) {
            return Optional.empty();
        }
        List<Overlap.Run> runs = runs(entity);
        Optional<Long> byRuns = Overlap.from(runs, connector.overlap());
        Optional<Long> base = base(entity.uid()).map(Base::version);
        if (base.isEmpty() && !runs.isEmpty()) {
            base = baseOfOthers(
                    entity, runs.get(0).began().plus(connector.overlap().dividedBy(2)));
        }
        long highest = Math.max(byRuns.orElse(-1L), base.orElse(-1L));
        return highest < 0 ? Optional.empty() : Optional.of(highest);
    }

    private List<Overlap.Run> runs(EntityRecord entity) {
        List<Overlap.Run> runs = new ArrayList<>();
        for (RunRecord run : stores.runs().latest(entity.uid(), RUNS)) {
            String cursor = run.cursorEnd();
            Instant ended = run.completedAt();
            if (run.status().equals("completed") && ended != null && cursor != null && cursor.matches("\\d{1,18}")) {
                runs.add(new Overlap.Run(run.startedAt(), ended, Long.parseLong(cursor)));
            }
        }
        return runs;
    }

    /** Versions are those of the whole environment: what another table's listing had behind it is behind this one too. */
    private Optional<Long> baseOfOthers(EntityRecord entity, Instant latest) {
        return stores.entities().all().stream()
                .filter(other -> other.connector().equals(entity.connector()))
                .flatMap(other -> base(other.uid()).stream())
                .filter(base -> !base.began().isAfter(latest))
                .map(Base::version)
                .max(Long::compare);
    }

    private record Base(long version, Instant began) {}

    private Optional<Base> base(String uid) {
        return stores.cursors().value(uid, BASE).map(text -> {
            int at = text.indexOf('@');
            return new Base(Long.parseLong(text.substring(0, at)), Instant.parse(text.substring(at + 1)));
        });
    }

    /** The time from which to ask, in whole seconds. */
    Optional<String> time(EntityRecord entity, ConnectorSettings connector) {
        return stores.cursors()
                .value(entity.uid(), TIME)
                .map(text -> Instant.parse(text)
                        .minus(connector.overlap())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
    }

    /**
     * The cursor that a table's strategy goes by, as it is written; empty before the first. A tracked table without a link goes
     * by versions.
     */
    static Optional<String> shown(Stores stores, EntityRecord entity) {
        String uid = entity.uid();
        return switch (entity.strategy()) {
            case TRACK ->
                stores.cursors().value(uid, LINK).or(() -> stores.cursors().value(uid, VERSION));
            case VERSION -> stores.cursors().value(uid, VERSION);
            case MODIFIED -> stores.cursors().value(uid, TIME);
            case AUTO, FULL, ROWVERSION, HASH -> stores.cursors().value(uid);
        };
    }

    /** Has the next run ask above a version by a person's word; other tables conclude nothing from it. */
    static void setVersion(Stores stores, String uid, long version) {
        stores.cursors().put(uid, VERSION, Long.toString(version));
        stores.cursors().put(uid, BASE, version + "@" + NEVER);
    }

    /** Keeps what a run has reached, inside its last transaction. */
    void close(RunPlan plan, DataverseStart start, Reached reached) {
        boolean versions = start.columns().indexOf("versionnumber") >= 0;
        String link = reached.link();
        if (start.strategy() == Strategy.TRACK && link != null) {
            stores.cursors().put(plan.entity().uid(), LINK, link);
            stores.runs().setCursorEnd(plan.run(), link);
            boolean late = reached.all()
                    && Duration.between(began(plan), clock.instant()).compareTo(LONG) > 0;
            Long backing = late && versions ? settled(plan, start) : null;
            stores.cursors().put(plan.entity().uid(), BACKING, backing == null ? null : Long.toString(backing));
            keepBase(plan, start, versions && reached.all());
            return;
        }
        if (versions && start.strategy() != Strategy.FULL && start.strategy() != Strategy.MODIFIED) {
            keepVersion(plan, start, reached);
        } else if (start.strategy() == Strategy.MODIFIED) {
            keepTime(plan, reached);
        }
    }

    private void keepVersion(RunPlan plan, DataverseStart start, Reached reached) {
        String uid = plan.entity().uid();
        long held = stores.cursors().value(uid, VERSION).map(Long::valueOf).orElse(0L);
        long stored = reached.all() && plan.load() instanceof SqlLoad load ? load.highestVersion() : 0;
        long highest = Math.max(held, Math.max(stored, reached.version()));
        if (highest <= 0 && !reached.all()) {
            return;
        }
        String text = Long.toString(highest);
        stores.cursors().put(uid, VERSION, text);
        stores.entities().setLastRowversion(uid, text);
        stores.runs().setCursorEnd(plan.run(), text);
        boolean anew = reached.all() || start.linked() != null && start.from() == null;
        keepBase(plan, start, anew);
    }

    /** What lay behind a listing of all rows is kept for tables that cannot tell it themselves. */
    private void keepBase(RunPlan plan, DataverseStart start, boolean anew) {
        if (anew && start.columns().indexOf("modifiedon") >= 0) {
            stores.cursors().put(plan.entity().uid(), BASE, settled(plan, start) + "@" + began(plan));
        }
    }

    /** The version up to which all rows were there for anybody to see when the listing began; 0 where nothing tells it. */
    long settled(RunPlan plan, DataverseStart start) {
        Instant began = began(plan);
        if (start.columns().indexOf("modifiedon") < 0) {
            return baseOfOthers(plan.entity(), began).orElse(0L);
        }
        return plan.load() instanceof SqlLoad load ? load.versionBefore(Instant.parse(before(plan))) : 0;
    }

    /** A time, in whole seconds, before which all rows were there for anybody to see when the listing began. */
    String before(RunPlan plan) {
        return began(plan)
                .minus(plan.connector().overlap())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    /** A run that goes on where others broke off ends a listing that began with the first of them. */
    private Instant began(RunPlan plan) {
        Instant began = plan.startedAt();
        for (RunRecord run : stores.runs().latest(plan.entity().uid(), RUNS)) {
            if (run.status().equals("completed") && run.isSync()) {
                break;
            }
            began = run.startedAt().isBefore(began) ? run.startedAt() : began;
        }
        return began;
    }

    /** While all rows were listed, some of them changed: it is asked from before that. */
    private void keepTime(RunPlan plan, Reached reached) {
        String latest = reached.time();
        if (latest == null) {
            return;
        }
        String uid = plan.entity().uid();
        Duration took = reached.all() ? Duration.between(began(plan), clock.instant()) : Duration.ZERO;
        Instant now = Instant.parse(latest).minus(took);
        Instant held = stores.cursors().value(uid, TIME).map(Instant::parse).orElse(Instant.MIN);
        String text = (now.isAfter(held) ? now : held).toString();
        stores.cursors().put(uid, TIME, text);
        stores.entities().setLastRowversion(uid, text);
        stores.runs().setCursorEnd(plan.run(), text);
    }
}
