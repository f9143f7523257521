package dev.caravan.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads the section of one two-way definition. */
final class BridgeReader {
    private final String name;
    private final Section section;
    private final Map<String, String> values;

    BridgeReader(String name, Section section, Map<String, String> values) {
        this.name = name;
        this.section = section;
        this.values = values;
    }

    BridgeSettings read() {
        Map<String, String> set = new HashMap<>();
        for (String key : values.keySet()) {
            String below = key.startsWith(section.prefix())
                    ? key.substring(section.prefix().length())
                    : "";
            if (!below.isEmpty() && section.group().knows(below)) {
                section.text(below).ifPresent(value -> set.put(below, value));
            }
        }
        choice(set, "direction", "both", "push", "pull");
        choice(set, "conflict", "source-wins", "destination-wins", "latest-wins", "manual");
        choice(set, "deletes", "propagate", "keep", "mark");
        choice(set, "merge-fields", "true", "false");
        choice(set, "cursor-type", "timestamp", "cdc");
        choice(set, "first-run", "prefer-table", "prefer-list", "newer", "compare");
        section.duration("every", Duration.ofMinutes(5));
        section.durationOrOff("compare-keys-every", Duration.ofDays(1));
        for (String key : new String[] {"table", "connector", "site", "list"}) {
            section.required(key, "a two-way definition needs it");
        }
        return new BridgeSettings(name, set);
    }

    private void choice(Map<String, String> set, String key, String... allowed) {
        String value = section.choice(key, allowed[0], allowed);
        if (section.has(key)) {
            set.put(key, value);
        }
    }
}
