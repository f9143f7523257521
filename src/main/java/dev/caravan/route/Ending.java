package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunCounts;
import dev.caravan.model.RunRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** How runs end: closed at their end or at a page, or given up. Safe for several threads. */
final class Ending {
    /** How a run that another process was at is told of. */
    static final String LOCKED = "locked";

    /** How it is called that a run did not begin. */
    private static final Map<String, String> BEFORE_THE_RUN = Map.of("LOCKED", LOCKED, Timetable.CLOSED, "waiting");

    private final TargetDatabases databases;
    private final Plans plans;
    private final Lanes lanes;
    private final Reruns reruns;
    private final Clock clock;
    private volatile Consumer<Outcome> listener = outcome -> {};

    Ending(TargetDatabases databases, Plans plans, Lanes lanes, Reruns reruns, Clock clock) {
        this.databases = databases;
        this.plans = plans;
        this.lanes = lanes;
        this.reruns = reruns;
        this.clock = clock;
    }

    /** Tells this one of every run that ends. */
    void tell(Consumer<Outcome> told) {
        this.listener = told;
    }

    /** Closes a run that reached its end, or was ended at a page. */
    void close(Exchange exchange) throws Exception {
        RunPlan plan = plans.of(exchange.getProperty("run", String.class));
        RunPlan.CutShort cut = plan.whyCutShort();
        if (cut != null) {
            lanes.drain(exchange);
            cutShort(exchange, plan, cut);
            return;
        }
        plan.database().transaction().executeWithoutResult(status -> complete(exchange, plan));
        Verification verification = plan.verification();
        if (verification != null) {
            verification.tell(plan, counts(plan).deleted());
        }
        Tidy.quietly(plan::forget);
        String message = plan.held() > 0
                ? plan.held() + " deletions wait; look, then 'caravan approve deletes "
                        + plan.entity().name() + "'"
                : null;
        FaultKind kind = plan.held() > 0 ? FaultKind.CONFIGURATION : null;
        String code = plan.held() > 0 ? "DELETES_HELD" : null;
        tell(exchange, plan, plan.held() > 0 ? "held" : "completed", kind, code, message);
    }

    private void complete(Exchange exchange, RunPlan plan) {
        Stores stores = plan.stores();
        EntityRecord entity = plan.entity();
        long live = plan.load().liveRows();
        if (plan.movesCursors()) {
            plan.feed().close(plan, live);
            stores.cursors().setCheckpoint(entity.uid(), null);
            stores.entities().setLastSync(entity.uid(), clock.instant());
        }
        if (plan.movesCursors() && plan.feed().sawFull()) {
            stores.entities().setLastFullPass(entity.uid(), plan.passBegan());
        }
        stores.entities().setTotal(entity.uid(), live);
        if (!finish(exchange, plan, "completed", null)) {
            throw Desk.lost();
        }
    }

    private void cutShort(Exchange exchange, RunPlan plan, RunPlan.CutShort cut) {
        CaravanException why =
                cut.code() == null ? null : new CaravanException(FaultKind.TRANSIENT, cut.code(), cut.message());
        Tidy.quietly(() -> plan.database().transaction().executeWithoutResult(status -> {
            if (plan.isLimited()) {
                plan.stores()
                        .entities()
                        .setTotal(plan.entity().uid(), plan.load().liveRows());
            }
            finish(exchange, plan, cut.status(), why);
        }));
        Tidy.quietly(plan::forget);
        tell(exchange, plan, cut.status(), why == null ? null : why.kind(), cut.code(), cut.message());
    }

    /** Closes the run and gives its lock back; false if the run was closed before. */
    private boolean finish(Exchange exchange, RunPlan plan, String status, @Nullable CaravanException fault) {
        Stores stores = plan.stores();
        String code = fault == null ? null : fault.code();
        boolean closed = stores.runs().finish(plan.run(), status, code, fault == null ? null : fault.getMessage());
        if (closed) {
            addRequests(plan);
            if (plan.movesCursors()) {
                stores.entities().setStatus(plan.entity().uid(), status);
                Timetable.stand(plan);
                Nights.leave(plan);
                Failures.watch(stores, plan.entity(), status);
            }
        }
        release(exchange);
        return closed;
    }

    private void release(Exchange exchange) {
        String locked = exchange.getProperty("locked", String.class);
        String name = String.valueOf(exchange.getProperty("entity", String.class));
        if (locked != null) {
            databases
                    .ofEntity(name)
                    .ifPresent(database ->
                            database.stores().locks().release(locked, exchange.getProperty("holder", String.class)));
        }
    }

    /** Closes a run that cannot go on; what was stored stays. */
    void fail(Exchange exchange, boolean stopping) throws InterruptedException {
        CaravanException fault = Faults.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        String run = exchange.getProperty("run", String.class);
        String status = stopping ? "cancelled" : fault.kind() == FaultKind.THROTTLED ? "throttled" : "failed";
        if (run == null) {
            Tidy.quietly(() -> release(exchange));
            String shown = BEFORE_THE_RUN.getOrDefault(fault.code(), status);
            String name = String.valueOf(exchange.getProperty("entity", String.class));
            listener.accept(new Outcome(
                    name, shown, RunCounts.NONE, 0, took(exchange), 0, fault.kind(), fault.code(), fault.getMessage()));
            return;
        }
        RunPlan plan = plans.of(run);
        lanes.comeToRest(run);
        Optional<Reruns.Waiting> again = status.equals("failed") ? reruns.decide(plan, fault) : Optional.empty();
        if (again.isPresent()) {
            postpone(exchange, plan, fault, again.get());
            return;
        }
        Tidy.quietly(() ->
                plan.database().transaction().executeWithoutResult(state -> finish(exchange, plan, status, fault)));
        Tidy.quietly(() -> release(exchange));
        Tidy.quietly(plan::forget);
        tell(exchange, plan, status, fault.kind(), fault.code(), fault.getMessage());
    }

    /** Lets a run that failed wait for its next try. */
    private void postpone(Exchange exchange, RunPlan plan, CaravanException fault, Reruns.Waiting again) {
        Tidy.quietly(() -> plan.database().transaction().executeWithoutResult(state -> {
            Stores stores = plan.stores();
            if (stores.runs().postpone(plan.run(), fault.code(), fault.getMessage(), again.details())) {
                addRequests(plan);
                stores.entities().setStatus(plan.entity().uid(), "pending");
                Timetable.stand(plan);
                Nights.leave(plan);
            }
        }));
        Tidy.quietly(() -> release(exchange));
        Tidy.quietly(plan::forget);
        tell(exchange, plan, "pending", fault.kind(), fault.code(), fault.getMessage() + "; " + again.text());
    }

    private static void addRequests(RunPlan plan) {
        plan.stores()
                .runs()
                .addRequests(
                        plan.run(),
                        plan.requests().get(),
                        plan.retries().get(),
                        plan.throttles().get());
    }

    private Duration took(Exchange exchange) {
        Instant began = exchange.getProperty("began", Instant.class);
        return began == null ? Duration.ZERO : Duration.between(began, clock.instant());
    }

    private void tell(
            Exchange exchange,
            RunPlan plan,
            String status,
            @Nullable FaultKind kind,
            @Nullable String code,
            @Nullable String message) {
        plans.remove(plan);
        lanes.end(plan.run());
        if (plan.shape() instanceof TracedShape traced) {
            traced.end();
        }
        RunCounts counts = Tidy.quietly(() -> counts(plan), RunCounts.NONE);
        listener.accept(new Outcome(
                plan.entity().name(),
                status,
                counts,
                counts.failed() == 0
                        ? 0
                        : Tidy.quietly(() -> plan.stores().deadLetters().newSince(plan.run(), plan.startedAt()), 0L),
                took(exchange),
                plan.requests().get(),
                kind,
                code,
                message));
        plan.releases().forEach((entity, run) -> Tidy.quietly(() -> tellReleased(plan, entity, run)));
    }

    /** Records of other entities that came with this run's. */
    private void tellReleased(RunPlan plan, String entity, String run) {
        RunCounts counts = plan.stores().runs().find(run).map(RunRecord::counts).orElse(RunCounts.NONE);
        if (counts.fetched() > 0) {
            String name = plan.stores().entities().get(entity).name();
            long letters = plan.stores().deadLetters().newSince(run, plan.startedAt());
            listener.accept(new Outcome(name, "completed", counts, letters, Duration.ZERO, 0, null, null, null));
        }
    }

    private static RunCounts counts(RunPlan plan) {
        return plan.stores().runs().find(plan.run()).map(RunRecord::counts).orElse(RunCounts.NONE);
    }
}
