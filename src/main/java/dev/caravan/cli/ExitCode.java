package dev.caravan.cli;

import dev.caravan.route.Outcome;
import java.util.List;
import java.util.Set;

/** What the exit codes mean. */
public enum ExitCode {
    OK(0),
    NOTHING(1),
    USAGE(2),
    PARTLY(3),
    DENIED(4),
    THROTTLED(5),
    SCHEMA(6),
    DELETES_HELD(7),
    LOCKED(8);

    private static final Set<String> LOGIN = Set.of("TOKEN_REFUSED", "FORBIDDEN", "LOGIN_UNREADABLE", "LOGIN_FAILED");

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The code of a pass: where several hold, 8, 7, then 4 and 5 if all that failed failed so, 1, 6, 3. */
    public static ExitCode of(List<Outcome> outcomes) {
        List<Outcome> unfinished = outcomes.stream()
                .filter(outcome -> !outcome.status().equals("completed")
                        && !outcome.status().equals("held"))
                .toList();
        if (unfinished.stream().anyMatch(outcome -> outcome.status().equals("locked"))) {
            return LOCKED;
        }
        if (outcomes.stream().anyMatch(outcome -> outcome.status().equals("held"))) {
            return DELETES_HELD;
        }
        boolean badRecords =
                outcomes.stream().anyMatch(outcome -> outcome.counts().failed() > 0);
        if (unfinished.isEmpty()) {
            return badRecords ? PARTLY : OK;
        }
        if (unfinished.stream().allMatch(outcome -> LOGIN.contains(String.valueOf(outcome.code())))) {
            return DENIED;
        }
        if (unfinished.stream().allMatch(outcome -> outcome.status().equals("throttled"))) {
            return THROTTLED;
        }
        boolean schema = unfinished.stream().anyMatch(outcome -> "SCHEMA_STOPPED".equals(outcome.code()));
        if (unfinished.size() == outcomes.size() && !schema) {
            return NOTHING;
        }
        return schema ? SCHEMA : PARTLY;
    }
}
