package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Owner;
import dev.caravan.store.RunRepository;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Works out what a run needs, and opens its row in the history. Safe for several threads. */
final class RunOpening {
    private final Settings settings;
    private final Sources sources;
    private final Targets targets;
    private final Reruns reruns;
    private final Clock clock;

    RunOpening(Settings settings, Sources sources, Targets targets, Reruns reruns, Clock clock) {
        this.settings = settings;
        this.sources = sources;
        this.targets = targets;
        this.reruns = reruns;
        this.clock = clock;
    }

    /**
     * What a run is for.
     *
     * @param replay dead letters instead of the source's rows; null for those
     * @param verify a comparison with what is stored; null for a sync
     */
    record Purpose(@Nullable Replay replay, @Nullable Verify verify) {
        boolean isSync() {
            return replay == null && verify == null;
        }
    }

    RunPlan plan(EntityRecord entity, TargetDatabase database, Purpose purpose, SyncOptions options) {
        ConnectorSettings connector = settings.connector(entity.connector())
                .orElseThrow(() -> new IllegalStateException(entity.connector() + " is not configured"));
        Source.Begun begun = begin(entity, connector, database, purpose, options);
        Feed feed = begun.feed();
        Owner me = Processes.current();
        Verify verify = purpose.verify();
        String node = me.host() + "/" + me.pid();
        Reruns.Waiting again = purpose.isSync() ? reruns.take(entity.name()) : null;
        RunRepository runs = database.stores().runs();
        String run = again != null && runs.resume(again.run(), node)
                ? again.run()
                : runs.open(
                        entity.uid(),
                        verify == null ? type(connector, entity, feed) : "verify",
                        options.trigger(),
                        feed.cursorStart(),
                        node);
        if (purpose.isSync()) {
            runs.closePending(entity.uid());
        }
        RowShape shape = options.trace()
                .<RowShape>map(key -> new TracedShape(begun.shape(), entity.name(), key, options.teller()))
                .orElse(begun.shape());
        RunPlan plan = new RunPlan(
                run, entity, connector, database, targets.kind(entity, connector), feed, shape, clock.instant());
        options.limit().ifPresent(plan::limit);
        if (options.trigger().equals("schedule") && purpose.isSync()) {
            plan.tries(again == null ? 1 : again.tries() + 1);
        }
        if (verify != null) {
            plan.verify(new Verification(verify, reached(entity, database)));
        }
        return plan;
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
        Replay replay = purpose.replay();
        if (entity.firstLoad() && (replay != null || purpose.verify() != null)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "LOAD_UNFINISHED",
                    entity.name() + " is not loaded whole yet; "
                            + (replay == null ? "sync it first" : "its dead letters are retried after that"));
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
        return replay == null
                ? begun
                : new Source.Begun(
                        new ReplayFeed(database.stores().deadLetters(), replay.wanted()),
                        new ReplayShape(begun.shape()));
    }
}
