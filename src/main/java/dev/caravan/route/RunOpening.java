package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Owner;
import dev.caravan.store.RunRepository;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Works out what a run needs, and opens its row in the history. Safe for several threads. */
final class RunOpening {
    private final Settings settings;
    private final Sources sources;
    private final Targets targets;
    private final Families families;
    private final Reruns reruns;
    private final Clock clock;

    RunOpening(Settings settings, Sources sources, Targets targets, Families families, Reruns reruns, Clock clock) {
        this.settings = settings;
        this.sources = sources;
        this.targets = targets;
        this.families = families;
        this.reruns = reruns;
        this.clock = clock;
    }

    /**
     * What a run is for.
     *
     * @param retry dead letters, or records that wait for their parents, instead of the source's rows; null for those
     * @param verify a comparison with what is stored; null for a sync
     */
    record Purpose(@Nullable Retry retry, @Nullable Verify verify) {
        boolean isSync() {
            return !isRetry() && verify == null;
        }

        boolean isRetry() {
            return retry != null;
        }
    }

    RunPlan plan(EntityRecord entity, TargetDatabase database, Purpose purpose, SyncOptions options) {
        ConnectorSettings connector = settings.connector(entity.connector())
                .orElseThrow(() -> new IllegalStateException(entity.connector() + " is not configured"));
        sources.of(connector).look(connector);
        Source.Begun begun = begin(entity, connector, database, purpose, options);
        Feed feed = begun.feed();
        Kin kin = families.of(entity, connector, database.stores());
        Verify verify = purpose.verify();
        Reruns.Waiting again = purpose.isSync() ? reruns.take(entity.name()) : null;
        String type = verify == null ? type(connector, entity, feed) : "verify";
        String run = open(database.stores().runs(), entity, type, feed, options, again);
        if (purpose.isSync()) {
            database.stores().runs().closePending(entity.uid());
        }
        RowShape shape = options.trace()
                .<RowShape>map(key -> new TracedShape(begun.shape(), entity.name(), key, options.teller()))
                .orElse(begun.shape());
        RunPlan plan = new RunPlan(
                run,
                options.trigger(),
                entity,
                connector,
                database,
                targets.kind(entity, connector),
                feed,
                shape,
                kin,
                new ConcurrentHashMap<>(),
                clock.instant());
        plan.confirmDeletes(feed.confirmsDeletes());
        options.limit().ifPresent(plan::limit);
        if (options.trigger().equals("schedule") && purpose.isSync()) {
            plan.tries(again == null ? 1 : again.tries() + 1);
        }
        if (verify != null) {
            plan.verify(new Verification(
                    verify, reached(entity, database), DataverseSecurity.of(database.stores(), entity.uid())));
        }
        return plan;
    }

    /** The run that waits to be tried once more, or a new one. */
    private static String open(
            RunRepository runs,
            EntityRecord entity,
            String type,
            Feed feed,
            SyncOptions options,
            Reruns.@Nullable Waiting again) {
        String node = Owner.current().node();
        return again != null && runs.resume(again.run(), node)
                ? again.run()
                : runs.open(entity.uid(), type, options.trigger(), feed.cursorStart(), node);
    }

    private static String type(ConnectorSettings connector, EntityRecord entity, Feed feed) {
        boolean window = DataverseSource.settings(connector, entity.slug(), entity.description())
                .window()
                .isPresent();
        return window && feed.movesCursors() ? "background" : feed.runType();
    }

    /** The version up to which all rows came, where the strategy goes by versions alone. */
    private static @Nullable String reached(EntityRecord entity, TargetDatabase database) {
        return switch (entity.strategy()) {
            case VERSION ->
                database.stores()
                        .cursors()
                        .value(entity.uid(), DataverseCursors.VERSION)
                        .orElse(null);
            case ROWVERSION -> database.stores().cursors().value(entity.uid()).orElse(null);
            case AUTO, FULL, HASH, TRACK, MODIFIED -> null;
        };
    }

    private Source.Begun begin(
            EntityRecord entity,
            ConnectorSettings connector,
            TargetDatabase database,
            Purpose purpose,
            SyncOptions options) {
        if (entity.firstLoad() && (purpose.isRetry() || purpose.verify() != null)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "LOAD_UNFINISHED",
                    entity.name() + " is not loaded whole yet; "
                            + (purpose.isRetry() ? "its records are retried after that" : "sync it first"));
        }
        if (purpose.verify() != null && !targets.kind(entity, connector).equals(Targets.SQL)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "TARGET_UNSUPPORTED",
                    entity.name() + " is written to another system; only tables are verified");
        }
        Source source = sources.of(connector);
        boolean keysOnly = purpose.verify() != null && purpose.verify().keysOnly();
        Source.Begun begun = keysOnly ? source.beginKeys(entity, connector) : source.begin(entity, connector, options);
        if (!purpose.isRetry()) {
            return begun;
        }
        RetryFeed records = purpose.retry() instanceof Replay replay
                ? new ReplayFeed(database.stores().deadLetters(), replay.wanted())
                : new WaitingFeed();
        return new Source.Begun(records, new ReplayShape(begun.shape()));
    }
}
