package dev.caravan.route;

import dev.caravan.model.Page;
import java.util.List;

/**
 * Pages that are stored in one transaction.
 *
 * @param run whose
 * @param target names the route that stores them: {@code sql}, or {@code sql-archive}
 * @param pages in order
 */
public record PageBatch(String run, String target, List<Page> pages) {
    /** How many rows they hold. */
    int rows() {
        return pages.stream().mapToInt(Page::fetched).sum();
    }

    /** Cheap, for Camel takes it of each body whose parts an expression names: without the rows. */
    @Override
    public int hashCode() {
        return 31 * run.hashCode() + pages.size();
    }
}
