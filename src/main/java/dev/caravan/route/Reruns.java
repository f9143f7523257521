package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs of a server that failed and wait to be tried once more. A run keeps its row over all tries: it is {@code pending} in
 * between, and {@code failed} only after the last one. Safe for several threads.
 */
final class Reruns {
    private final Clock clock;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile Alarm alarm = (entity, delay) -> false;

    Reruns(Clock clock) {
        this.clock = clock;
    }

    /** Starts the route of an entity once after a time. */
    @FunctionalInterface
    interface Alarm {
        /** False where it cannot be started: its route is gone, or is being taken away. */
        boolean after(String entity, Duration delay);
    }

    /**
     * A run that waits.
     *
     * @param tries how often it was tried
     * @param of how often it is tried at most
     * @param due when it is tried again
     */
    record Waiting(String run, int tries, int of, Instant due) {
        /** As the run's row keeps it. */
        String details() {
            return "{\"try\":" + tries + ",\"of\":" + of + ",\"next_try_at\":\"" + due + "\"}";
        }

        /** For people. */
        String text() {
            return "try " + tries + " of " + of + ", the next one at " + due;
        }
    }

    /** Uses this to start routes. */
    void use(Alarm other) {
        this.alarm = other;
    }

    /**
     * Decides on a failure: whether the run is tried once more, which it then waits for.
     *
     * @return empty if it has failed for good: no more tries, not of a schedule, or nothing that passes by itself
     */
    Optional<Waiting> decide(RunPlan plan, CaravanException fault) {
        ConnectorSettings connector = plan.connector();
        boolean passes = fault.kind() == FaultKind.TRANSIENT || fault.kind() == FaultKind.INTERNAL;
        if (!passes || plan.tries() == 0 || plan.tries() >= connector.runTries()) {
            return Optional.empty();
        }
        Duration delay = connector.runRetryDelay().multipliedBy(1L << (plan.tries() - 1));
        Waiting next = new Waiting(
                plan.run(),
                plan.tries(),
                connector.runTries(),
                clock.instant().plus(delay).truncatedTo(ChronoUnit.MILLIS));
        waiting.put(plan.entity().name(), next);
        if (!alarm.after(plan.entity().name(), delay)) {
            waiting.remove(plan.entity().name());
            return Optional.empty();
        }
        return Optional.of(next);
    }

    /** Whether the schedule may start the entity: not before its waiting run is due. */
    boolean isDue(String entity) {
        Waiting run = waiting.get(entity);
        return run == null || !clock.instant().isBefore(run.due());
    }

    /** Takes the run that waits; null if none does. */
    @Nullable
    Waiting take(String entity) {
        return waiting.remove(entity);
    }
}
