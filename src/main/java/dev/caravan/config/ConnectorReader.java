package dev.caravan.config;

import dev.caravan.model.Strategy;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the section of one connector and of its entities. */
final class ConnectorReader {
    private final String name;
    private final Section section;
    private final Function<String, Section> sections;
    private final Map<String, String> values;

    ConnectorReader(String name, Section section, Function<String, Section> sections, Map<String, String> values) {
        this.name = name;
        this.section = section;
        this.sections = sections;
        this.values = values;
    }

    ConnectorSettings read() {
        String type = section.text("type", "").toLowerCase(Locale.ROOT);
        if (!type.equals("apismith")) {
            section.problem("type", type, "one of apismith");
        }
        ConnectorSettings connector = new ConnectorSettings(
                name,
                type,
                url(),
                section.secret("token"),
                section.text("username"),
                section.secret("password"),
                section.text("login-path", "/api/v1/auth/login"),
                section.list("entities", "*"),
                schedule(section, "5m"),
                section.text("schema", "public"),
                section.text("table-prefix", ""),
                section.number("page-size", 1000, 1, 100_000),
                section.choice("date-order", "day", "day", "month").equals("day"),
                section.choice("order-by", "on", "on", "off").equals("on"),
                section.number("concurrency", 10, 1, 50),
                section.duration("timeout", "30s"),
                section.duration("data-timeout", "60s"),
                section.duration("discover-every", "1h"),
                section.duration("retry-time-budget", "2m"),
                section.duration("throttle-time-budget", "10m"),
                section.choice("on-schema-change", "evolve", "lock", "evolve", "freeze"),
                entities());
        if (connector.token().isEmpty()
                && (connector.username().isEmpty() || connector.password().isEmpty())) {
            section.problem("token", "is missing; set it, or username and password");
        }
        return connector;
    }

    private URI url() {
        URI nowhere = URI.create("http://127.0.0.1");
        String text = section.raw("url");
        if (text == null) {
            section.problem("url", "is missing");
            return nowhere;
        }
        try {
            URI url = URI.create(text.replaceFirst("/+$", ""));
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
        } catch (IllegalArgumentException notAnAddress) {
            section.problem("url", text, "an http or https address");
            return nowhere;
        }
        section.problem("url", "is not an http or https address without user and query");
        return nowhere;
    }

    private static ConnectorSettings.Schedule schedule(Section section, String otherwise) {
        Optional<String> cron = section.text("cron");
        if (cron.isPresent() && section.raw("every") != null) {
            section.problem("cron", "stands beside every; keep one of them");
        }
        return new ConnectorSettings.Schedule(section.duration("every", otherwise), cron);
    }

    private Map<String, EntitySettings> entities() {
        Map<String, EntitySettings> entities = new HashMap<>();
        String prefix = "caravan.connector." + name + ".entity.";
        TreeSet<String> slugs = new TreeSet<>();
        for (String key : values.keySet()) {
            int dot = key.indexOf('.', prefix.length());
            if (key.startsWith(prefix) && dot > 0) {
                slugs.add(key.substring(prefix.length(), dot));
            }
        }
        for (String slug : slugs) {
            entities.put(slug, entity(sections.apply(prefix + slug + "."), prefix + slug + ".map."));
        }
        return Map.copyOf(entities);
    }

    private EntitySettings entity(Section entity, String mapPrefix) {
        Map<String, String> mappings = new HashMap<>();
        for (String key : values.keySet()) {
            if (key.startsWith(mapPrefix)) {
                String field = key.substring(mapPrefix.length());
                mappings.put(field, entity.text("map." + field, ""));
            }
        }
        boolean scheduled = entity.raw("every") != null || entity.raw("cron") != null;
        ConnectorSettings.Schedule schedule = schedule(entity, "5m");
        Optional<Boolean> enabled =
                entity.raw("enabled") == null ? Optional.empty() : Optional.of(entity.flag("enabled", true));
        return new EntitySettings(
                enabled,
                scheduled ? Optional.of(schedule) : Optional.empty(),
                entity.text("target-table"),
                strategy(entity),
                entity.choice("deletes", "mark", "mark", "off").equals("mark"),
                fullPass(entity),
                Map.copyOf(mappings));
    }

    private static Optional<Strategy> strategy(Section entity) {
        if (entity.raw("strategy") == null) {
            return Optional.empty();
        }
        return Optional.of(Strategy.of(entity.choice("strategy", "auto", "auto", "full", "rowversion", "hash")));
    }

    private static Optional<Duration> fullPass(Section entity) {
        if ("off".equalsIgnoreCase(entity.raw("full-pass-every"))) {
            return Optional.empty();
        }
        return Optional.of(entity.duration("full-pass-every", "1d"));
    }
}
