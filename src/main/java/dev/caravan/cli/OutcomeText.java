package dev.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caravan.model.RunCounts;
import dev.caravan.route.Outcome;
import java.util.List;
import java.util.Locale;

/** How runs ended, for people and for programs. Stateless. */
final class OutcomeText {
    private OutcomeText() {}

    /** One line an entity: {@code erp.items  added 0  updated 3 …}. */
    static String line(Outcome outcome, int width) {
        String name = String.format(Locale.ROOT, "%-" + width + "s", outcome.entity());
        String end = String.format(
                Locale.ROOT, "  %.1f s  %d requests", outcome.took().toMillis() / 1000.0, outcome.requests());
        RunCounts counts = outcome.counts();
        if (!outcome.status().equals("completed")) {
            return name + "  " + outcome.status() + ": " + outcome.message();
        }
        if (counts.unchanged()) {
            return name + "  no changes" + end;
        }
        return name + "  added " + counts.inserted() + "  updated " + counts.updated() + "  unchanged "
                + (counts.skipped() + counts.repeated()) + "  deleted " + counts.deleted() + "  failed "
                + counts.failed() + end;
    }

    static String sums(List<Outcome> outcomes) {
        long added = outcomes.stream().mapToLong(o -> o.counts().inserted()).sum();
        long updated = outcomes.stream().mapToLong(o -> o.counts().updated()).sum();
        long deleted = outcomes.stream().mapToLong(o -> o.counts().deleted()).sum();
        long failed = outcomes.stream().mapToLong(o -> o.counts().failed()).sum();
        String what = added + updated + deleted + failed == 0
                ? "no changes"
                : "added " + added + "  updated " + updated + "  deleted " + deleted + "  failed " + failed;
        return outcomes.size() + (outcomes.size() == 1 ? " entity: " : " entities: ") + what;
    }

    static String json(List<Outcome> outcomes) {
        ArrayNode list = new ObjectMapper().createArrayNode();
        for (Outcome outcome : outcomes) {
            list.addObject()
                    .put("entity", outcome.entity())
                    .put("status", outcome.status())
                    .put("fetched", outcome.counts().fetched())
                    .put("added", outcome.counts().inserted())
                    .put("updated", outcome.counts().updated())
                    .put("unchanged", outcome.counts().skipped())
                    .put("repeated", outcome.counts().repeated())
                    .put("deleted", outcome.counts().deleted())
                    .put("failed", outcome.counts().failed())
                    .put("requests", outcome.requests())
                    .put("milliseconds", outcome.took().toMillis())
                    .put("code", outcome.code())
                    .put("message", outcome.message());
        }
        return list.toString();
    }
}
