package dev.caravan.cli;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.fault.FaultKind;
import dev.caravan.route.Outcome;
import java.util.Map;
import java.util.Set;

/** From how a run ended in the routes to what the command line says of it: tables. Stateless. */
final class Endings {
    private static final Map<String, Ending> BY_STATUS = Map.of(
            "completed", Ending.COMPLETED,
            "throttled", Ending.THROTTLED,
            "locked", Ending.LOCKED,
            "held", Ending.DELETES_HELD,
            "waiting", Ending.WAITING,
            "cancelled", Ending.CANCELLED);
    private static final Map<String, Ending> BY_CODE =
            Map.of("SCHEMA_STOPPED", Ending.SCHEMA_STOPPED, "PLAN_OPEN", Ending.PLAN_OPEN);

    /** Codes of what a setting, the database or the source's description must be mended for. */
    private static final Set<String> MISCONFIGURED = Set.of(
            "DESCRIPTION_WRONG",
            "ENTITIES_FILE",
            "FIELD_RESERVED",
            "LINK_WRONG",
            "LOAD_UNFINISHED",
            "MAPPING_WRONG",
            "OPTION_UNAVAILABLE",
            "PARENT_WRONG",
            "SCHEDULE_WRONG",
            "STRATEGY_IMPOSSIBLE",
            "TABLE_NOT_OURS",
            "TABLE_SHARED",
            "TARGET_UNSUPPORTED");

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
        Ending byCode = MISCONFIGURED.contains(code) ? Ending.MISCONFIGURED : BY_CODE.get(code);
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
