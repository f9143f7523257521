package dev.caravan.config;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Mistakes that only several sections together make. */
final class CrossChecks {
    private static final int MOST_BYTES_OF_A_NAME = 63;

    private final Settings settings;
    private final Problems problems;

    CrossChecks(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    void run() {
        for (ConnectorSettings connector : settings.connectors()) {
            String prefix = Keys.CONNECTOR_PREFIX + connector.name() + ".";
            connector.database().ifPresent(name -> requireDatabase(prefix + "database", name));
            connector
                    .settings()
                    .forEach((slug, entity) -> entity.target()
                            .ifPresent(target -> requireTarget(entityKey(connector, slug, "target"), target)));
        }
        for (BridgeSettings bridge : settings.bridges()) {
            String prefix = Keys.BRIDGE_PREFIX + bridge.name() + ".";
            bridge.value("database").ifPresent(name -> requireDatabase(prefix + "database", name));
            bridge.value("connector").ifPresent(name -> requireConnector(prefix + "connector", name, "sharepoint"));
        }
        refuseLongTables();
        refuseSharedTables();
    }

    private void requireDatabase(String key, String name) {
        if (!settings.databases().containsKey(name)) {
            problems.add(
                    key,
                    "'" + name + "' is not a database; "
                            + known(
                                    settings.databases().keySet(),
                                    name,
                                    "none is named, as caravan.database." + name + ".url would"));
        }
    }

    private void requireTarget(String key, String name) {
        requireConnector(key, name, "schedulehub", "rest", "sharepoint");
    }

    private void requireConnector(String key, String name, String... types) {
        Optional<ConnectorSettings> found = settings.connector(name);
        if (found.isEmpty()) {
            Set<String> names = new TreeSet<>();
            settings.connectors().forEach(connector -> names.add(connector.name()));
            problems.add(key, "'" + name + "' is not a connector; " + known(names, name, "none is configured"));
        } else if (!List.of(types).contains(found.get().type())) {
            problems.add(
                    key, "'" + name + "' is of type " + found.get().type() + ", not " + String.join(" or ", types));
        }
    }

    private static String known(Set<String> names, String typed, String none) {
        if (names.isEmpty()) {
            return none;
        }
        return "there is " + String.join(", ", names)
                + Suggestion.nearest(typed, names)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("");
    }

    /** PostgreSQL would cut a longer name without a word (https://www.postgresql.org/docs/17/limits.html). */
    private void refuseLongTables() {
        for (ConnectorSettings connector : settings.connectors()) {
            connector
                    .settings()
                    .forEach((slug, entity) -> entity.targetTable()
                            .filter(table -> table.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_A_NAME)
                            .ifPresent(table -> problems.add(
                                    entityKey(connector, slug, "target-table"),
                                    "the name is longer than " + MOST_BYTES_OF_A_NAME
                                            + " bytes, which is all that a table may" + " have")));
        }
    }

    /** Two entities of this configuration must not write one table. Patterns are settled once names are discovered. */
    private void refuseSharedTables() {
        Map<String, Entity> owners = new HashMap<>();
        for (ConnectorSettings connector : settings.connectors()) {
            for (String slug : plainNames(connector)) {
                if (!connector.wants(slug) || connector.entity(slug).target().isPresent()) {
                    continue;
                }
                Optional<String> named = connector.entity(slug).targetTable();
                String table = named.orElse(connector.tablePrefix() + slug);
                Entity other = owners.putIfAbsent(place(connector, table), new Entity(connector, slug));
                if (other != null) {
                    String key = entityKey(connector, slug, "target-table");
                    problems.add(
                            key,
                            "the table " + table + " is already that of " + other.connector.name() + "." + other.slug
                                    + "; give one of them another");
                }
            }
        }
    }

    private record Entity(ConnectorSettings connector, String slug) {}

    private static Set<String> plainNames(ConnectorSettings connector) {
        Set<String> names =
                new LinkedHashSet<>(new TreeSet<>(connector.settings().keySet()));
        connector.entities().stream().filter(name -> !name.contains("*")).forEach(names::add);
        return names;
    }

    private String place(ConnectorSettings connector, String table) {
        DatabaseSettings database = settings.databaseOf(connector);
        String schema = database.isSqlite() ? "" : connector.schema();
        return (database.url() + " " + schema + " " + table).toLowerCase(Locale.ROOT);
    }

    private String entityKey(ConnectorSettings connector, String slug, String key) {
        String prefix = Keys.CONNECTOR_PREFIX + connector.name() + ".";
        String asTable = prefix + "table." + slug + "." + key;
        return problems.originOf(asTable).text().isEmpty() ? prefix + "entity." + slug + "." + key : asTable;
    }
}
