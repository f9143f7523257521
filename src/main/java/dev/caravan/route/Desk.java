package dev.caravan.route;

import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Owner;
import dev.caravan.model.RowPlan;
import dev.caravan.store.Uids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Opens a run, says what to fetch next, and closes it. Safe for several threads: a run's state is in its plan. */
public final class Desk {
    private static final String STOPPED = "STOPPED";

    private final TargetDatabases databases;
    private final RunOpening opening;
    private final Plans plans;
    private final Lanes lanes;
    private final Targets targets;
    private final Timetable timetable;
    private final Clock clock;
    private volatile SyncOptions options = new SyncOptions(false, "schedule", Duration.ZERO);
    private final Ending ending;
    private volatile boolean stopping;

    Desk(
            Settings settings,
            TargetDatabases databases,
            Sources sources,
            Plans plans,
            Lanes lanes,
            Targets targets,
            Reruns reruns,
            Timetable timetable,
            Families families,
            Clock clock) {
        this.databases = databases;
        this.opening = new RunOpening(settings, sources, targets, families, reruns, clock);
        this.plans = plans;
        this.lanes = lanes;
        this.targets = targets;
        this.timetable = timetable;
        this.clock = clock;
        this.ending = new Ending(databases, plans, lanes, reruns, clock);
    }

    void use(SyncOptions how, Consumer<Outcome> told) {
        this.options = how;
        ending.tell(told);
    }

    /** Lets runs end at their page from now on, and opens none. */
    void stop() {
        stopping = true;
    }

    /** Opens the run of the entity whose name is the body; answers its first request. */
    public SourceRequest open(Exchange exchange) throws InterruptedException {
        String name = exchange.getMessage().getBody(String.class);
        exchange.setProperty("entity", name);
        exchange.setProperty("began", clock.instant());
        refuseWhenStopping(name);
        TargetDatabase database = database(name);
        EntityRecord asked = entity(database, name);
        refuseStopped(database.stores(), asked);
        RunOpening.Purpose purpose = purpose(exchange);
        Instant closing = purpose.isSync() ? timetable.closing(asked, options) : null;
        String holder = Uids.next();
        lock(database.stores(), asked, holder);
        exchange.setProperty("holder", holder);
        exchange.setProperty("locked", asked.uid());
        EntityRecord entity = asThePreviousRunLeftIt(database, name);
        database.stores().runs().closeInterrupted(entity.uid());
        RunPlan plan = opening.plan(entity, database, purpose, options);
        plan.closing(closing);
        exchange.setProperty("run", plan.run());
        exchange.setProperty("target", plan.target());
        plans.add(plan);
        exchange.setProperty("lane", lanes.begin(plan.run()));
        plan.open(targets.of(plan.target()).open(plan));
        return SourceRequest.page(plan);
    }

    /** Anew: while the lock was waited for, another process may have ended a first load, or met another key. */
    private static EntityRecord asThePreviousRunLeftIt(TargetDatabase database, String name) {
        EntityRecord entity = entity(database, name);
        refuseStopped(database.stores(), entity);
        refusePlanned(database.stores(), entity);
        return entity;
    }

    private TargetDatabase database(String name) {
        return databases
                .ofEntity(name)
                .orElseThrow(() -> new CaravanException(
                        FaultKind.CONFIGURATION,
                        "CONNECTOR_UNKNOWN",
                        "The connector of " + name + " is no longer configured"));
    }

    private static EntityRecord entity(TargetDatabase database, String name) {
        return database.stores()
                .entities()
                .find(name)
                .orElseThrow(() -> new CaravanException(
                        FaultKind.CONFIGURATION,
                        "ENTITY_UNKNOWN",
                        "No entity is called " + name + "; run 'caravan discover'"));
    }

    private static RunOpening.Purpose purpose(Exchange exchange) {
        return new RunOpening.Purpose(
                exchange.getProperty("retry", Retry.class), exchange.getProperty("verify", Verify.class));
    }

    private void refuseWhenStopping(String name) {
        if (stopping) {
            throw new CaravanException(FaultKind.TRANSIENT, STOPPED, name + " was not begun: Caravan is being stopped");
        }
    }

    private static void refuseStopped(Stores stores, EntityRecord entity) {
        Misdescribed.refuse(stores, entity);
        if (entity.note() != null) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "SCHEMA_STOPPED",
                    entity.name() + ": " + entity.note() + "; approve it with 'caravan schema approve " + entity.name()
                            + "'");
        }
    }

    /** Its rows are to be others than those that are held, and nobody has approved that yet. */
    private static void refusePlanned(Stores stores, EntityRecord entity) {
        stores.cursors().kept(entity.uid(), RowPlans.PLAN).map(RowPlan::of).ifPresent(plan -> {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "PLAN_OPEN",
                    entity.name() + ": " + plan.text() + "; look, then 'caravan approve plan " + entity.name() + "'");
        });
    }

    private void lock(Stores stores, EntityRecord entity, String holder) throws InterruptedException {
        Instant until = clock.instant().plus(options.lockWait());
        Optional<Owner> other = stores.locks().acquire(entity.uid(), holder);
        while (other.isPresent() && !stopping && clock.instant().isBefore(until)) {
            TimeUnit.MILLISECONDS.sleep(200);
            other = stores.locks().acquire(entity.uid(), holder);
        }
        if (other.isPresent()) {
            Owner owner = other.get();
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "LOCKED",
                    entity.name() + " is being synced by process " + owner.pid() + " on " + owner.host());
        }
    }

    /** Whether there is a page to fetch. */
    public boolean more(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof SourceRequest;
    }

    /** Whether a listing is at its end. */
    public boolean atEnd(Exchange exchange) {
        return !more(exchange)
                && plans.of(exchange.getProperty("run", String.class)).whyCutShort() == null;
    }

    /** After a page: the next request of the listing; null at its end, or where the run is to end before it. */
    public @Nullable SourceRequest next(Exchange exchange) {
        RunPlan plan = plans.of(exchange.getProperty("run", String.class));
        if (stopping && plan.feed().hasNext()) {
            plan.cutShort(new RunPlan.CutShort(
                    "cancelled", STOPPED, "Stopped at a page; what came is stored, and the next run goes on"));
        } else if (plan.isLimitReached()) {
            plan.cutShort(new RunPlan.CutShort(
                    "completed", null, "Ended at the limit; the cursor stays, and nothing is called deleted"));
        }
        if (plan.whyCutShort() == null && plan.feed().hasNext()) {
            endWithWindow(plan);
        }
        if (plan.whyCutShort() != null) {
            return null;
        }
        return plan.feed().hasNext() ? SourceRequest.page(plan) : null;
    }

    /** After a listing: the first request of another one; null if none is needed. */
    public @Nullable SourceRequest nextRound(Exchange exchange) {
        RunPlan plan = plans.of(exchange.getProperty("run", String.class));
        if (!plan.feed().another(plan)) {
            return null;
        }
        endWithWindow(plan);
        return plan.whyCutShort() == null ? SourceRequest.page(plan) : null;
    }

    private void endWithWindow(RunPlan plan) {
        if (timetable.isOver(plan)) {
            plan.cutShort(new RunPlan.CutShort(
                    "cancelled",
                    Timetable.CLOSED,
                    "The window closed; what came is stored, and the next one goes on from there"));
        }
    }

    /** Closes a run that reached its end, or was ended at a page. */
    public void close(Exchange exchange) throws Exception {
        ending.close(exchange);
    }

    /** Closes a run that cannot go on; what was stored stays. */
    public void fail(Exchange exchange) throws InterruptedException {
        ending.fail(exchange, stopping);
    }

    /** The run was closed by another process, which took it for dead. */
    static CaravanException lost() {
        return new CaravanException(
                FaultKind.INTERNAL, "RUN_LOST", "The run is no longer this process's; nothing more of it is stored");
    }
}
