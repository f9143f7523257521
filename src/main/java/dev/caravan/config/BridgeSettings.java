package dev.caravan.config;

import java.util.Map;
import java.util.Optional;

/**
 * One two-way definition between a table and a list.
 *
 * @param name as the keys name it
 * @param values every key that is set below the definition's prefix, checked; words in lower case with hyphens
 */
public record BridgeSettings(String name, Map<String, String> values) {
    public BridgeSettings {
        values = Map.copyOf(values);
    }

    /** The value of a key; empty where it is not set. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }
}
