package dev.caravan.route;

import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunRecord;
import java.util.List;

/** Raises an alert when an entity's runs fail again and again; a completed one clears it. Stateless. */
final class Failures {
    /** What the alert is called. */
    static final String KIND = "failed-runs";

    private static final int IN_A_ROW = 3;
    private static final int LOOKED_AT = 20;

    private Failures() {}

    /** Looks at the latest runs of an entity, one of which has just ended; inside its last transaction. */
    static void watch(Stores stores, EntityRecord entity, String status) {
        if (status.equals("completed")) {
            stores.alerts().clear(KIND, entity.name());
            return;
        }
        List<RunRecord> last = stores.runs().latest(entity.uid(), LOOKED_AT).stream()
                .filter(RunRecord::isSync)
                .filter(run -> !run.status().equals("cancelled"))
                .limit(IN_A_ROW)
                .toList();
        if (last.size() == IN_A_ROW
                && last.stream().allMatch(run -> run.status().equals("failed"))) {
            stores.alerts()
                    .raise(
                            KIND,
                            entity.name(),
                            IN_A_ROW + " runs in a row failed; the last: "
                                    + last.get(0).errorMessage());
        }
    }
}
