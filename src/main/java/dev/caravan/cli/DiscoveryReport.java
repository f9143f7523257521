package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.EntityRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one connector publishes.
 *
 * @param entities as remembered now, in the order of their names
 * @param news what was new or different, a line each; empty if nothing was
 * @param leftOut what is not synced until something is mended: by entity, why
 */
public record DiscoveryReport(List<EntityRecord> entities, List<String> news, Map<String, CaravanException> leftOut) {
    public DiscoveryReport {
        entities = List.copyOf(entities);
        news = List.copyOf(news);
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
    }
}
