package dev.caravan.source.apismith;

import java.util.List;
import java.util.Map;

/**
 * What an APISmith publishes. Immutable.
 *
 * @param apis those that are described as they should be, in its order
 * @param wrong those that are not, by slug: what is wrong, for people
 * @param unnamed how many say no slug; which ones these are nobody knows, so that none that is missing is gone
 */
public record ApiList(List<ApiDescription> apis, Map<String, String> wrong, int unnamed) {
    public ApiList {
        apis = List.copyOf(apis);
        wrong = Map.copyOf(wrong);
    }
}
