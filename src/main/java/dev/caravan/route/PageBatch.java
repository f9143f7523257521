package dev.caravan.route;

import dev.caravan.model.Page;
import java.util.List;

/**
 * Pages that are stored in one transaction.
 *
 * @param run whose
 * @param target the target's type, which names the route: {@code sql}
 * @param pages in order
 */
public record PageBatch(String run, String target, List<Page> pages) {
    /** How many rows they hold. */
    int rows() {
        return pages.stream().mapToInt(Page::fetched).sum();
    }
}
