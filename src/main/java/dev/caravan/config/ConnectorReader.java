package dev.caravan.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Reads the section of one connector and of its entities. */
final class ConnectorReader {
    private static final URI NOWHERE = URI.create("http://127.0.0.1");

    private final String name;
    private final Section section;
    private final SectionFactory sections;
    private final Map<String, String> values;
    private final Path folder;
    private final String type;

    /** Opens the sections of entities. */
    @FunctionalInterface
    interface SectionFactory {
        Section open(String prefix, Keys.Group group);
    }

    ConnectorReader(String name, SectionFactory sections, Map<String, String> values, Path folder) {
        this.name = name;
        this.section = sections.open(Keys.CONNECTOR_PREFIX + name + ".", Keys.CONNECTOR);
        this.sections = sections;
        this.values = values;
        this.folder = folder;
        this.type = type();
    }

    private String type() {
        if (!section.has("type")) {
            section.missing("type", "it is one of " + String.join(", ", Keys.TYPES));
            return "";
        }
        return section.choice("type", "", Keys.TYPES.toArray(new String[0]));
    }

    ConnectorSettings read() {
        ConnectorSettings.Schedule schedule = Schedules.read(section, Duration.ofMinutes(5));
        ConnectorSettings connector = new ConnectorSettings(
                name,
                type,
                url(),
                section.secret("token"),
                section.text("username"),
                section.secret("password"),
                section.text("login-path", "/api/v1/auth/login"),
                new ConnectorSettings.TargetPaths(
                        section.text("batch-path", "/api/v1/{entity}/batch"),
                        section.text("look-up-path", "/api/v1/{entity}/batch/by-bk-hash")),
                microsoft(),
                entityNames(),
                section.text("entities-file").map(folder::resolve),
                schedule,
                section.text("database"),
                section.text("schema", "public"),
                section.text("table-prefix", ""),
                is("dataverse")
                        ? section.number("page-size", 5000, 1, 5000)
                        : section.number("page-size", 1000, 1, 100_000),
                section.choice("date-order", "day", "day", "month").equals("day"),
                section.choice("order-by", "on", "on", "off").equals("on"),
                section.text("concurrency").isPresent()
                        ? OptionalInt.of(section.number("concurrency", 10, 1, 50))
                        : OptionalInt.empty(),
                section.duration("timeout", Duration.ofSeconds(30)),
                section.duration("data-timeout", Duration.ofSeconds(is("schedulehub") || is("rest") ? 120 : 60)),
                section.duration("discover-every", Duration.ofHours(1)),
                section.duration("schema-every", Duration.ofHours(1)),
                section.durationOrZero("overlap", Duration.ofMinutes(5)),
                section.durationOrZero("retry-time-budget", Duration.ofMinutes(2)),
                section.durationOrZero("throttle-time-budget", Duration.ofMinutes(10)),
                section.number("run-tries", 3, 1, 10),
                section.duration("run-retry-delay", Duration.ofSeconds(30)),
                section.choice("on-schema-change", is("dataverse") ? "lock" : "evolve", "lock", "evolve", "freeze"),
                entities(schedule));
        requireLogin();
        warnOfForeignKeys(section);
        return connector;
    }

    private boolean is(String other) {
        return type.equals(other);
    }

    private List<String> entityNames() {
        if (section.has("entities") && section.has("tables")) {
            section.problem("tables", "stands beside entities; keep one of them");
        }
        String otherwise = is("apismith") ? "*" : "";
        return section.list(section.has("tables") ? "tables" : "entities", otherwise);
    }

    private URI url() {
        if (is("sharepoint") && !section.has("url")) {
            return URI.create("https://graph.microsoft.com/v1.0");
        }
        return address("url", section.required("url", "give the address of the system"));
    }

    private URI address(String key, String text) {
        if (text.isEmpty()) {
            return NOWHERE;
        }
        try {
            URI url = new URI(text.replaceFirst("/+$", ""));
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean isPlain = url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
            if (isHttp && url.getHost() != null && isPlain) {
                return url;
            }
        } catch (URISyntaxException notAnAddress) {
            section.problem(key, "is not an address: " + notAnAddress.getReason());
            return NOWHERE;
        }
        section.problem(key, "is not an http or https address without user, query and fragment");
        return NOWHERE;
    }

    private ConnectorSettings.Microsoft microsoft() {
        return new ConnectorSettings.Microsoft(
                address("authority", section.text("authority", "https://login.microsoftonline.com")),
                section.text("tenant"),
                section.text("client-id"),
                section.secret("client-secret"),
                section.text("scope"));
    }

    private void requireLogin() {
        switch (type) {
            case "apismith", "schedulehub" -> requireToken();
            case "dataverse" -> require("client-id", "client-secret");
            case "sharepoint" -> require("tenant", "client-id", "client-secret");
            default -> {}
        }
    }

    private void requireToken() {
        boolean hasUser = isSet("username") || isSet("password");
        if (!isSet("token") && !hasUser) {
            section.missing("token", "set it, or username and password");
        } else if (!isSet("token")) {
            require("username", "password");
        }
    }

    private void require(String... keys) {
        for (String key : keys) {
            if (!isSet(key)) {
                section.missing(key, "the login needs it");
            }
        }
    }

    /** Whether it is there, even if a placeholder in it has no value: that is said already. */
    private boolean isSet(String key) {
        return section.has(key) || section.isBroken(key);
    }

    private Map<String, EntitySettings> entities(ConnectorSettings.Schedule schedule) {
        Map<String, EntitySettings> entities = new HashMap<>();
        for (String kind : List.of("entity", "table")) {
            String prefix = section.prefix() + kind + ".";
            Set<String> slugs = new TreeSet<>(Keys.named(values.keySet(), prefix, List.of()));
            for (String slug : slugs) {
                Section entity = sections.open(prefix + slug + ".", Keys.ENTITY);
                EntitySettings before = entities.put(slug, new EntityReader(entity, type, values).read(schedule));
                if (before != null) {
                    entity.problem(
                            "", "is also named as " + section.prefix() + "entity." + slug + "; keep one of them");
                }
                warnOfForeignKeys(entity);
            }
        }
        return Map.copyOf(entities);
    }

    private void warnOfForeignKeys(Section of) {
        for (String key : of.group().names()) {
            if (!type.isEmpty() && of.has(key) && !of.group().isFor(key, type)) {
                of.warn(key, "has no effect: a connector of type " + type + " does not take it");
            }
        }
    }
}
