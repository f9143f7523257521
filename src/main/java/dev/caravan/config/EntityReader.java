package dev.caravan.config;

import dev.caravan.model.Strategy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section of one entity. */
final class EntityReader {
    private static final String PAIR = "\\s*[^\\s=(),;]+\\s*=\\s*[^\\s=(),;]+\\s*";
    private static final String PARENT = "\\s*[^\\s=(),;]+\\s*\\(" + PAIR + "(?:," + PAIR + ")*\\)\\s*";
    private static final Pattern PARENTS = Pattern.compile(PARENT + "(?:;" + PARENT + ")*;?\\s*");
    private static final Pattern ONE_PARENT = Pattern.compile("([^\\s=(),;]+)\\s*\\(([^)]*)\\)");
    private static final Pattern HOURS = Pattern.compile("\\s*(\\d{2}:\\d{2})\\s*-\\s*(\\d{2}:\\d{2})\\s*");

    private final Section section;
    private final String type;
    private final Map<String, String> values;

    EntityReader(Section section, String type, Map<String, String> values) {
        this.section = section;
        this.type = type;
        this.values = values;
    }

    EntitySettings read(ConnectorSettings.Schedule inherited) {
        boolean isDataverse = type.equals("dataverse");
        boolean isScheduled = section.has("every") || section.has("cron");
        Optional<Boolean> enabled =
                section.has("enabled") ? Optional.of(section.flag("enabled", true)) : Optional.empty();
        return new EntitySettings(
                enabled,
                isScheduled ? Optional.of(Schedules.read(section, inherited.every())) : Optional.empty(),
                section.text("target"),
                section.text("target-table"),
                isDataverse ? Optional.empty() : strategy(),
                isDataverse || section.choice("deletes", "mark", "mark", "off").equals("mark"),
                section.durationOrOff("full-pass-every", Duration.ofDays(1)),
                history(),
                window(),
                parents(),
                layers(),
                mappings(),
                isDataverse ? dataverse() : EntitySettings.Dataverse.DEFAULTS);
    }

    private EntitySettings.Dataverse dataverse() {
        return new EntitySettings.Dataverse(
                section.choice("strategy", "auto", "auto", "track", "version", "modified", "full"),
                section.text("filter"),
                section.text("only-linked-from"),
                section.list("columns", ""),
                section.choice("deletes", "auto", "auto", "track", "sweep", "off"),
                section.durationOrOff("delete-sweep-every", Duration.ofDays(1)));
    }

    private Optional<Strategy> strategy() {
        if (!section.has("strategy")) {
            return Optional.empty();
        }
        return Optional.of(Strategy.of(section.choice("strategy", "auto", "auto", "full", "rowversion", "hash")));
    }

    private Optional<Window> window() {
        ZoneId zone = zone();
        String text = section.raw("window");
        if (text == null) {
            if (section.has("zone")) {
                section.problem("zone", "stands without window");
            }
            return Optional.empty();
        }
        var matcher = HOURS.matcher(text);
        if (matcher.matches()) {
            try {
                LocalTime from = LocalTime.parse(matcher.group(1));
                LocalTime until = LocalTime.parse(matcher.group(2));
                return Optional.of(new Window(from, until, zone));
            } catch (DateTimeException noTimeOfDay) {
                section.problem("window", text, "a time of day: " + noTimeOfDay.getMessage());
                return Optional.empty();
            }
        }
        section.problem("window", text, "a time of day such as 19:00-07:00");
        return Optional.empty();
    }

    private ZoneId zone() {
        String text = section.raw("zone");
        if (text == null) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            section.problem("zone", text, "a zone such as Europe/Berlin or UTC");
            return ZoneId.systemDefault();
        }
    }

    private List<EntitySettings.Parent> parents() {
        String text = section.raw("parents");
        if (text == null) {
            return List.of();
        }
        if (!PARENTS.matcher(text).matches()) {
            section.problem("parents", text, "of the form parent(child_field=parent_field, …); …");
            return List.of();
        }
        if (type.equals("dataverse")) {
            section.warn("parents", "has no effect: the rows of Dataverse wait for nobody");
            return List.of();
        }
        List<EntitySettings.Parent> parents = new ArrayList<>();
        Matcher parent = ONE_PARENT.matcher(text);
        while (parent.find()) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (String pair : parent.group(2).split(",", -1)) {
                int equals = pair.indexOf('=');
                fields.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
            parents.add(new EntitySettings.Parent(parent.group(1), Collections.unmodifiableMap(fields)));
        }
        return List.copyOf(parents);
    }

    private boolean history() {
        boolean history = section.flag("history", false);
        if (history && section.has("target")) {
            section.warn("history", "has no effect: only rows of a database's tables keep their versions");
        }
        return history;
    }

    private Set<Layer> layers() {
        if (!section.has("normalise")) {
            return Layer.ALL;
        }
        Set<Layer> layers = EnumSet.noneOf(Layer.class);
        List<String> words = section.list("normalise", "");
        for (String word : words) {
            if (word.equalsIgnoreCase("none") && words.size() == 1) {
                return Set.of();
            }
            Arrays.stream(Layer.values())
                    .filter(layer -> layer.word().equalsIgnoreCase(word))
                    .findFirst()
                    .ifPresentOrElse(
                            layers::add,
                            () -> section.problem(
                                    "normalise", word, "one of " + String.join(", ", Layer.words()) + ", or none"));
        }
        return Set.copyOf(layers);
    }

    private Map<String, String> mappings() {
        String prefix = section.prefix() + "map.";
        Map<String, String> mappings = new HashMap<>();
        for (String key : values.keySet()) {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                String field = key.substring(prefix.length());
                mappings.put(field, section.required("map." + field, "name the target field"));
            }
        }
        return Map.copyOf(mappings);
    }
}
