package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import java.util.List;

/**
 * What one connector publishes.
 *
 * @param entities as remembered now, in the order of their names
 * @param news what was new or different, a line each; empty if nothing was
 */
public record DiscoveryReport(List<EntityRecord> entities, List<String> news) {
    public DiscoveryReport {
        entities = List.copyOf(entities);
        news = List.copyOf(news);
    }
}
