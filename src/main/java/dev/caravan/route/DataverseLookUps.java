package dev.caravan.route;

import dev.caravan.source.dataverse.DataverseRequests;
import java.util.ArrayList;
import java.util.List;

/** Questions to Dataverse for rows that seem to be gone, some keys each. Stateless. */
final class DataverseLookUps {
    private static final int KEYS_AT_ONCE = 100;

    private DataverseLookUps() {}

    static List<SourceRequest> of(RunPlan plan, DataverseRequests requests, List<String> keys) {
        List<SourceRequest> asked = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            List<String> piece = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE));
            asked.add(new SourceRequest(
                    SourceRequest.Kind.LOOK_UP,
                    plan.connector().type(),
                    plan.connector().name(),
                    plan.run(),
                    requests.present(piece),
                    String.join("\n", piece)));
        }
        return asked;
    }
}
