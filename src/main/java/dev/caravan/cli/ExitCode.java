package dev.caravan.cli;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What the process says to its caller when it ends. */
public enum ExitCode {
    /** All well. */
    OK(0),
    /** Nothing finished. */
    NOTHING_FINISHED(1),
    /** Usage or configuration. */
    CONFIGURATION(2),
    /** Some entities failed, or there are new dead letters. */
    PARTLY(3),
    /** Login or rights. */
    DENIED(4),
    /** Throttled; the progress is kept. */
    THROTTLED(5),
    /** A schema change stopped an entity. */
    SCHEMA_CHANGED(6),
    /** A mass deletion waits for a person. */
    DELETES_HELD(7),
    /** Another process holds the lock. */
    LOCKED(8),
    /** Stopped by SIGINT. */
    INTERRUPTED(130),
    /** Stopped by SIGTERM. */
    TERMINATED(143);

    private static final Set<Ending> FINISHED = EnumSet.of(Ending.COMPLETED, Ending.DELETES_HELD, Ending.WAITING);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The number for the operating system. */
    public int number() {
        return number;
    }

    /**
     * The one code for a pass over several entities. Where several hold: locked, configuration, deletions held, then
     * login if every failure is one of login, throttled if all that is unfinished is throttled, nothing finished, schema
     * change, partly. A throttled pass is unfinished but no failure. An entity that a schema change stopped counts
     * neither as finished nor as a reason for {@link #NOTHING_FINISHED}, else a pass over that entity alone would hide why.
     *
     * @param outcomes of all entities; empty is {@link #OK}
     */
    public static ExitCode of(Collection<EntityOutcome> outcomes) {
        Set<Ending> endings = EnumSet.noneOf(Ending.class);
        outcomes.forEach(outcome -> endings.add(outcome.ending()));
        if (endings.contains(Ending.LOCKED)) {
            return LOCKED;
        }
        if (endings.contains(Ending.MISCONFIGURED)) {
            return CONFIGURATION;
        }
        if (endings.contains(Ending.DELETES_HELD) || endings.contains(Ending.PLAN_OPEN)) {
            return DELETES_HELD;
        }
        Set<Ending> unfinished = EnumSet.copyOf(endings);
        unfinished.removeAll(FINISHED);
        ExitCode ofUnfinished =
                unfinished.isEmpty() ? OK : ofUnfinished(unfinished, unfinished.size() == endings.size());
        boolean isWell = ofUnfinished == OK;
        return isWell && outcomes.stream().anyMatch(outcome -> outcome.newDeadLetters() > 0) ? PARTLY : ofUnfinished;
    }

    private static ExitCode ofUnfinished(Set<Ending> unfinished, boolean noneFinished) {
        Set<Ending> failures = EnumSet.copyOf(unfinished);
        failures.remove(Ending.THROTTLED);
        if (failures.equals(EnumSet.of(Ending.DENIED))) {
            return DENIED;
        }
        if (failures.isEmpty()) {
            return THROTTLED;
        }
        boolean stoppedOnly = unfinished.equals(EnumSet.of(Ending.SCHEMA_STOPPED));
        if (noneFinished && !stoppedOnly) {
            return NOTHING_FINISHED;
        }
        return unfinished.contains(Ending.SCHEMA_STOPPED) ? SCHEMA_CHANGED : PARTLY;
    }

    /**
     * The code for a verb that asks several connectors.
     *
     * @param faults of those that could not be asked
     * @param asked how many were asked
     */
    static ExitCode of(Collection<CaravanException> faults, int asked) {
        if (faults.isEmpty()) {
            return OK;
        }
        if (faults.stream().anyMatch(fault -> fault.kind() == FaultKind.CONFIGURATION)) {
            return CONFIGURATION;
        }
        if (faults.stream().allMatch(fault -> fault.kind() == FaultKind.DENIED)) {
            return DENIED;
        }
        if (faults.stream().allMatch(fault -> fault.kind() == FaultKind.THROTTLED)) {
            return THROTTLED;
        }
        return faults.size() == asked ? NOTHING_FINISHED : PARTLY;
    }

    /** The code for a verb that one fault ended. */
    public static ExitCode of(CaravanException fault) {
        if (fault.code().equals("LOCKED")) {
            return LOCKED;
        }
        return switch (fault.kind()) {
            case CONFIGURATION -> CONFIGURATION;
            case DENIED -> DENIED;
            case THROTTLED -> THROTTLED;
            case TRANSIENT, BAD_DATA, INTERNAL -> NOTHING_FINISHED;
        };
    }
}
