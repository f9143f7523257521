package dev.caravan.cli;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.fault.FaultKind;
import dev.caravan.route.Outcome;
import java.util.Map;

/** From how a run ended in the routes to what the command line says of it: tables. Stateless. */
final class Endings {
    private static final Map<String, Ending> BY_STATUS = Map.of(
            "completed", Ending.COMPLETED,
            "throttled", Ending.THROTTLED,
            "locked", Ending.LOCKED,
            "held", Ending.DELETES_HELD,
            "waiting", Ending.WAITING,
            "cancelled", Ending.CANCELLED);
    private static final Map<String, Ending> BY_CODE = Map.of(
            "SCHEMA_STOPPED", Ending.SCHEMA_STOPPED,
            "PLAN_OPEN", Ending.PLAN_OPEN,
            "MAPPING_WRONG", Ending.MISCONFIGURED,
            "TABLE_SHARED", Ending.MISCONFIGURED,
            "SCHEDULE_WRONG", Ending.MISCONFIGURED,
            "PARENT_WRONG", Ending.MISCONFIGURED,
            "OPTION_UNAVAILABLE", Ending.MISCONFIGURED,
            "DESCRIPTION_WRONG", Ending.MISCONFIGURED,
            "LOAD_UNFINISHED", Ending.MISCONFIGURED,
            "TARGET_UNSUPPORTED", Ending.MISCONFIGURED);

    private Endings() {}

    static EntityOutcome of(Outcome outcome) {
        String code = outcome.code();
        FaultKind kind = outcome.kind() == null ? FaultKind.INTERNAL : outcome.kind();
        boolean windowClosed = "WINDOW_CLOSED".equals(code);
        Ending ending = windowClosed
                ? Ending.WAITING
                : BY_STATUS.getOrDefault(outcome.status(), of(kind, code == null ? "" : code));
        return new EntityOutcome(
                outcome.entity(),
                ending,
                outcome.counts(),
                outcome.newDeadLetters(),
                outcome.took(),
                outcome.requests(),
                code,
                outcome.message());
    }

    static Ending of(FaultKind kind, String code) {
        Ending byCode = BY_CODE.get(code);
        if (byCode != null) {
            return byCode;
        }
        return switch (kind) {
            case DENIED -> Ending.DENIED;
            case THROTTLED -> Ending.THROTTLED;
            case TRANSIENT, BAD_DATA, CONFIGURATION, INTERNAL -> Ending.FAILED;
        };
    }
}
