package dev.caravan.route;

import dev.caravan.model.Columns;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plans of the runs under way, by run and by the layout of their rows. Safe for several threads. */
final class Plans {
    private final Map<String, RunPlan> byRun = new ConcurrentHashMap<>();
    private final Map<Columns, RunPlan> byLayout = new ConcurrentHashMap<>();

    void add(RunPlan plan) {
        byRun.put(plan.run(), plan);
        byLayout.put(plan.entity().columns(), plan);
    }

    RunPlan of(String run) {
        RunPlan plan = byRun.get(run);
        if (plan == null) {
            throw new IllegalStateException("No run is under way as " + run);
        }
        return plan;
    }

    RunPlan of(Columns layout) {
        RunPlan plan = byLayout.get(layout);
        if (plan == null) {
            throw new IllegalStateException("No run is under way for these rows");
        }
        return plan;
    }

    void remove(RunPlan plan) {
        byRun.remove(plan.run());
        byLayout.remove(plan.entity().columns());
    }

    int count() {
        return byRun.size();
    }
}
