package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Owner;
import dev.caravan.model.RunCounts;
import dev.caravan.model.RunRecord;
import dev.caravan.store.Uids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens a run, says what to fetch next, and closes it. Safe for several threads: a run's state is in its plan. */
public final class Desk {
    private final Settings settings;
    private final Stores stores;
    private final Sources sources;
    private final Plans plans;
    private final Lanes lanes;
    private final Targets targets;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile SyncOptions options = new SyncOptions(false, "schedule", Duration.ZERO);
    private volatile Consumer<Outcome> listener = outcome -> {};

    Desk(
            Settings settings,
            Stores stores,
            Sources sources,
            Plans plans,
            Lanes lanes,
            Targets targets,
            TransactionTemplate transaction,
            Clock clock) {
        this.settings = settings;
        this.stores = stores;
        this.sources = sources;
        this.plans = plans;
        this.lanes = lanes;
        this.targets = targets;
        this.transaction = transaction;
        this.clock = clock;
    }

    void use(SyncOptions how, Consumer<Outcome> told) {
        this.options = how;
        this.listener = told;
    }

    /** Opens the run of the entity whose name is the body; answers its first request. */
    public SourceRequest open(Exchange exchange) throws InterruptedException {
        String name = exchange.getMessage().getBody(String.class);
        exchange.setProperty("entity", name);
        exchange.setProperty("began", clock.instant());
        EntityRecord entity = stores.entities()
                .find(name)
                .orElseThrow(() -> new CaravanException(
                        FaultKind.CONFIGURATION,
                        "ENTITY_UNKNOWN",
                        "No entity is called " + name + "; run 'caravan discover'"));
        ConnectorSettings connector = settings.connector(entity.connector())
                .orElseThrow(() -> new CaravanException(
                        FaultKind.CONFIGURATION, "CONNECTOR_UNKNOWN", entity.connector() + " is no longer configured"));
        refuseStopped(entity);
        String holder = Uids.next();
        lock(entity, holder);
        exchange.setProperty("holder", holder);
        exchange.setProperty("locked", entity.uid());
        stores.runs().closeInterrupted(entity.uid());
        RunPlan plan = plan(entity, connector);
        exchange.setProperty("run", plan.run());
        exchange.setProperty("target", plan.target());
        plans.add(plan);
        exchange.setProperty("lane", lanes.begin(plan.run()));
        plan.open(targets.of(plan.target()).open(plan));
        return SourceRequest.page(plan);
    }

    private static void refuseStopped(EntityRecord entity) {
        if (entity.note() != null) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "SCHEMA_STOPPED",
                    entity.name() + ": " + entity.note() + "; approve it with 'caravan schema approve " + entity.name()
                            + "'");
        }
    }

    private void lock(EntityRecord entity, String holder) throws InterruptedException {
        Instant until = clock.instant().plus(options.lockWait());
        Optional<Owner> other = stores.locks().acquire(entity.uid(), holder);
        while (other.isPresent() && clock.instant().isBefore(until)) {
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

    private RunPlan plan(EntityRecord entity, ConnectorSettings connector) {
        Source.Begun begun = sources.of(connector).begin(entity, connector, options);
        Feed feed = begun.feed();
        Owner me = Processes.current();
        String node = me.host() + "/" + me.pid();
        String run = stores.runs().open(entity.uid(), feed.runType(), options.trigger(), feed.cursorStart(), node);
        return new RunPlan(
                run, entity, connector, targets.kind(entity, connector), feed, begun.shape(), clock.instant());
    }

    /** Whether there is a page to fetch. */
    public boolean more(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof SourceRequest;
    }

    /** Whether a listing is at its end. */
    public boolean atEnd(Exchange exchange) {
        return !more(exchange);
    }

    /** After a page: the next request of the listing; null at its end. */
    public @Nullable SourceRequest next(Exchange exchange) {
        RunPlan plan = plans.of(exchange.getProperty("run", String.class));
        return plan.feed().hasNext() ? SourceRequest.page(plan) : null;
    }

    /** After a listing: the first request of another one; null if none is needed. */
    public @Nullable SourceRequest nextRound(Exchange exchange) {
        RunPlan plan = plans.of(exchange.getProperty("run", String.class));
        return plan.feed().another(plan) ? SourceRequest.page(plan) : null;
    }

    /** Closes a run that reached its end. */
    public void close(Exchange exchange) {
        RunPlan plan = plans.of(exchange.getProperty("run", String.class));
        transaction.executeWithoutResult(status -> {
            EntityRecord entity = plan.entity();
            plan.feed().close(plan);
            stores.cursors().setCheckpoint(entity.uid(), null);
            if (plan.feed().sawFull()) {
                stores.entities().setLastFullPass(entity.uid(), plan.startedAt());
            }
            stores.entities().setLastSync(entity.uid(), clock.instant());
            stores.entities().setTotal(entity.uid(), plan.load().liveRows());
            finish(exchange, plan, "completed", null);
        });
        plan.load().forget();
        String message = plan.held() > 0
                ? plan.held() + " deletions wait; look, then 'caravan approve deletes "
                        + plan.entity().name() + "'"
                : null;
        tell(exchange, plan, plan.held() > 0 ? "held" : "completed", plan.held() > 0 ? "DELETES_HELD" : null, message);
    }

    private void finish(Exchange exchange, RunPlan plan, String status, @Nullable CaravanException fault) {
        stores.runs()
                .addRequests(
                        plan.run(),
                        plan.requests().get(),
                        plan.retries().get(),
                        plan.throttles().get());
        stores.runs()
                .finish(
                        plan.run(),
                        status,
                        fault == null ? null : fault.code(),
                        fault == null ? null : fault.getMessage());
        stores.entities().setStatus(plan.entity().uid(), status);
        release(exchange);
    }

    private void release(Exchange exchange) {
        String locked = exchange.getProperty("locked", String.class);
        if (locked != null) {
            stores.locks().release(locked, exchange.getProperty("holder", String.class));
        }
    }

    /** Closes a run that cannot go on; what was stored stays. */
    public void fail(Exchange exchange) throws InterruptedException {
        CaravanException fault = Faults.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        String run = exchange.getProperty("run", String.class);
        String status = fault.kind() == FaultKind.THROTTLED ? "throttled" : "failed";
        if (run == null) {
            release(exchange);
            String shown = fault.code().equals("LOCKED") ? "locked" : status;
            String name = String.valueOf(exchange.getProperty("entity", String.class));
            listener.accept(
                    new Outcome(name, shown, RunCounts.NONE, took(exchange), 0, fault.code(), fault.getMessage()));
            return;
        }
        RunPlan plan = plans.of(run);
        lanes.comeToRest(run);
        try {
            transaction.executeWithoutResult(state -> finish(exchange, plan, status, fault));
            if (plan.isOpen()) {
                plan.load().forget();
            }
        } finally {
            tell(exchange, plan, status, fault.code(), fault.getMessage());
        }
    }

    private Duration took(Exchange exchange) {
        Instant began = exchange.getProperty("began", Instant.class);
        return began == null ? Duration.ZERO : Duration.between(began, clock.instant());
    }

    private void tell(Exchange exchange, RunPlan plan, String status, @Nullable String code, @Nullable String message) {
        plans.remove(plan);
        lanes.end(plan.run());
        RunCounts counts = stores.runs().find(plan.run()).map(RunRecord::counts).orElse(RunCounts.NONE);
        listener.accept(new Outcome(
                plan.entity().name(),
                status,
                counts,
                took(exchange),
                plan.requests().get(),
                code,
                message));
    }
}
