package dev.caravan.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every key there is, as data. A name that ends in {@code *} stands for all that begin so. Stateless. */
final class Keys {
    static final String PREFIX = "caravan.";
    static final String DATABASE_PREFIX = "caravan.database.";
    static final String CONNECTOR_PREFIX = "caravan.connector.";
    static final String BRIDGE_PREFIX = "caravan.bridge.";

    /** Types of connectors. */
    static final List<String> TYPES = List.of("dataverse", "apismith", "sharepoint", "schedulehub", "rest");

    /** Keys that stand alone, with their whole names. */
    static final Group ROOT = Group.of(
            "caravan.database.url",
            "caravan.database.username",
            "caravan.database.password",
            "caravan.http.host",
            "caravan.http.port",
            "caravan.workers",
            "caravan.memory",
            "caravan.max-delete-percent",
            "caravan.max-delete-rows",
            "caravan.keep-runs",
            "caravan.secrets-key",
            "caravan.routes-reload",
            "caravan.log.level",
            "caravan.log.file",
            "caravan.log.format",
            "caravan.routes");

    /** Below {@code caravan.database.<name>.} */
    static final Group DATABASE = Group.of("url", "username", "password");

    /** Below {@code caravan.connector.<name>.}; the types that take a key follow it. */
    static final Group CONNECTOR = Group.of(
            "type",
            "url",
            "authority dataverse sharepoint",
            "tenant dataverse sharepoint",
            "client-id dataverse sharepoint",
            "client-secret dataverse sharepoint",
            "scope dataverse sharepoint",
            "token apismith schedulehub rest",
            "username apismith schedulehub rest",
            "password apismith schedulehub rest",
            "login-path apismith schedulehub rest",
            "batch-path schedulehub rest",
            "look-up-path schedulehub rest",
            "every",
            "cron",
            "entities",
            "tables",
            "entities-file dataverse",
            "database",
            "schema",
            "table-prefix",
            "page-size",
            "date-order apismith",
            "order-by apismith",
            "concurrency",
            "timeout",
            "data-timeout",
            "discover-every apismith",
            "schema-every dataverse",
            "overlap dataverse",
            "on-schema-change dataverse apismith",
            "retry-time-budget",
            "throttle-time-budget",
            "run-tries",
            "run-retry-delay");

    /** Below {@code caravan.connector.<name>.entity.<slug>.}, or {@code .table.<table>.} */
    static final Group ENTITY = Group.of(
            "enabled",
            "every",
            "cron",
            "target",
            "target-table",
            "strategy",
            "filter dataverse",
            "only-linked-from dataverse",
            "columns dataverse",
            "deletes dataverse apismith",
            "delete-sweep-every dataverse",
            "full-pass-every apismith",
            "history",
            "window",
            "zone",
            "parents",
            "normalise apismith",
            "map.*");

    /** Below {@code caravan.bridge.<name>.} */
    static final Group BRIDGE = Group.of(
            "database",
            "table",
            "key",
            "cursor",
            "connector",
            "site",
            "list",
            "key-column",
            "direction",
            "conflict",
            "deletes",
            "merge-fields",
            "field.*",
            "cursor-type",
            "slot",
            "publication",
            "first-run",
            "compare-keys-every",
            "mark-column",
            "shard.*",
            "every");

    private Keys() {}

    /** The names that stand between a prefix and the next dot. */
    static Set<String> named(Collection<String> keys, String prefix, Collection<String> notNames) {
        Set<String> names = new TreeSet<>();
        for (String key : keys) {
            int dot = key.startsWith(prefix) ? key.indexOf('.', prefix.length()) : -1;
            if (dot > prefix.length() && !notNames.contains(key.substring(prefix.length()))) {
                names.add(key.substring(prefix.length(), dot));
            }
        }
        return names;
    }

    /** Keys below one prefix, each with the types of connectors that take it; no type means all. */
    record Group(Map<String, Set<String>> types) {
        static Group of(String... keys) {
            Map<String, Set<String>> types = new LinkedHashMap<>();
            for (String key : keys) {
                List<String> words = List.of(key.split(" ", -1));
                types.put(words.get(0), Set.copyOf(words.subList(1, words.size())));
            }
            return new Group(types);
        }

        /** All names but those with a star. */
        List<String> names() {
            return types.keySet().stream().filter(name -> !name.endsWith("*")).toList();
        }

        /** The words that stand before a dot and a name: of groups of keys, and of keys with a star. */
        List<String> below() {
            if (equals(ROOT)) {
                return List.of("database", "connector", "bridge");
            }
            if (equals(CONNECTOR)) {
                return List.of("entity", "table");
            }
            return types.keySet().stream()
                    .filter(name -> name.endsWith(".*"))
                    .map(name -> name.substring(0, name.length() - 2))
                    .toList();
        }

        boolean knows(String name) {
            return types.containsKey(name)
                    || types.keySet().stream()
                            .anyMatch(key -> key.endsWith("*")
                                    && name.length() >= key.length()
                                    && name.startsWith(key.substring(0, key.length() - 1)));
        }

        boolean isFor(String name, String type) {
            Set<String> takers = types.getOrDefault(name, Set.of());
            return takers.isEmpty() || takers.contains(type);
        }
    }
}
