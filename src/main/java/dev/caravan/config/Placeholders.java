package dev.caravan.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>{{env:NAME}}</code>, <code>{{sys:NAME}}</code>, <code>{{file:NAME}}</code> and the name of another
 * key; after a colon a default may follow, except for a file. What was put in is not looked at again, so a secret may
 * hold braces. Not safe for several threads.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    /** Property functions of Camel that need its context or a vault. */
    private static final Set<String> CAMELS_OWN = Set.of(
            "aws",
            "azure",
            "bean",
            "configmap",
            "configmap-binary",
            "cyberark",
            "gcp",
            "hashicorp",
            "ibm",
            "secret",
            "secret-binary",
            "service",
            "service.host",
            "service.name",
            "service.port");

    private final Map<String, String> values;
    private final Map<String, String> environment;
    private final Path folder;
    private final Problems problems;

    Placeholders(Map<String, String> values, Map<String, String> environment, Path folder, Problems problems) {
        this.values = values;
        this.environment = environment;
        this.folder = folder;
        this.problems = problems;
    }

    /** The value of a key with all placeholders replaced; empty text and a problem where one has no value. */
    String resolve(String key) {
        return resolve(key, values.getOrDefault(key, ""), new HashSet<>(Set.of(key)));
    }

    private String resolve(String key, String text, Set<String> path) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String found = replacement(key, matcher.group(1).strip(), path);
            matcher.appendReplacement(resolved, found == null ? "" : Matcher.quoteReplacement(found));
        }
        return matcher.appendTail(resolved).toString();
    }

    private @Nullable String replacement(String key, String inside, Set<String> path) {
        int colon = inside.indexOf(':');
        String function = colon < 0 ? "" : inside.substring(0, colon);
        String rest = inside.substring(colon + 1);
        if (function.equals("file")) {
            return file(key, rest);
        }
        if (CAMELS_OWN.contains(function)) {
            problems.add(
                    key,
                    "{{" + function + ":…}} cannot be used in a key of Caravan; "
                            + "{{env:NAME}}, {{sys:NAME}}, {{file:NAME}} and the name of another key can");
            return null;
        }
        boolean isKey = !function.equals("env") && !function.equals("sys");
        String name = isKey ? inside : rest;
        int split = name.indexOf(':');
        String plain = split < 0 ? name : name.substring(0, split);
        Optional<String> found = isKey ? otherKey(key, plain, path) : outside(function, plain);
        if (found.isEmpty() && split < 0) {
            problems.add(
                    key, "{{" + inside + "}} has no value; set it, or give a default as {{" + inside + ":default}}");
            return null;
        }
        return found.orElseGet(() -> name.substring(split + 1));
    }

    private Optional<String> outside(String function, String name) {
        if (function.equals("sys")) {
            return Optional.ofNullable(System.getProperty(name));
        }
        String variable = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        return Optional.ofNullable(environment.getOrDefault(name, environment.get(variable)));
    }

    private Optional<String> otherKey(String key, String name, Set<String> path) {
        String text = values.get(name);
        if (text == null) {
            return Optional.empty();
        }
        if (!path.add(name)) {
            problems.add(key, "{{" + name + "}} leads back to itself");
            return Optional.of("");
        }
        String resolved = resolve(key, text, path);
        path.remove(name);
        return Optional.of(resolved);
    }

    private @Nullable String file(String key, String name) {
        try {
            return Files.readString(folder.resolve(name), StandardCharsets.UTF_8)
                    .stripTrailing();
        } catch (IOException | IllegalArgumentException unreadable) {
            problems.add(key, "the file of {{file:" + name + "}} cannot be read");
            return null;
        }
    }
}
