package dev.caravan.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from: the file, then a {@code .env} beside it, then the environment, the later before the earlier.
 * Not safe for several threads.
 */
final class Sources {
    private static final Set<String> NO_KEYS =
            Set.of("CARAVAN_JAVA_OPTS", "CARAVAN_TEST_DATA", "CARAVAN_CONFIG", "CARAVAN_HOME");

    private final Problems problems;
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> variableOrigins = new HashMap<>();

    Sources(Problems problems) {
        this.problems = problems;
    }

    /** All keys with their values; placeholders are resolved in those of Caravan, the others are as written. */
    Map<String, String> read(@Nullable Path file, Path folder, Map<String, String> processEnvironment) {
        if (file != null) {
            readFile(file);
        }
        readEnvironment(folder.resolve(".env"), processEnvironment);
        override();
        Placeholders placeholders = new Placeholders(new HashMap<>(values), environment, folder, problems);
        values.replaceAll((key, value) -> isOurs(key) ? placeholders.resolve(key) : value);
        return values;
    }

    static boolean isOurs(String key) {
        return key.startsWith("caravan.");
    }

    private void readFile(Path file) {
        for (PropertiesFile.Entry entry : PropertiesFile.read(file)) {
            String before = values.put(entry.key(), entry.value());
            if (before != null && isOurs(entry.key())) {
                problems.warn("line " + entry.line() + ": " + entry.key() + " was set before in "
                        + problems.originOf(entry.key()).text() + "; the later value counts");
            }
            problems.origin(entry.key(), new Problems.Origin("line " + entry.line(), entry.line()));
        }
    }

    private void readEnvironment(Path dotEnv, Map<String, String> processEnvironment) {
        if (Files.isRegularFile(dotEnv)) {
            for (DotEnv.Variable variable : DotEnv.read(dotEnv, problems)) {
                environment.put(variable.name(), variable.value());
                variableOrigins.put(variable.name(), ".env line " + variable.line());
            }
        }
        processEnvironment.forEach((name, value) -> {
            environment.put(name, value);
            variableOrigins.put(name, "environment variable " + name);
        });
    }

    private void override() {
        Map<String, Set<String>> keysByVariable = keysByVariable();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (!name.startsWith("CARAVAN_") || NO_KEYS.contains(name)) {
                continue;
            }
            Set<String> keys = keysByVariable.getOrDefault(name, Set.of());
            String origin = variableOrigins.getOrDefault(name, name);
            if (keys.isEmpty()) {
                problems.warn(origin + " matches no key; "
                        + Suggestion.nearest(name, keysByVariable.keySet())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("a key of a connector must stand under its name in the file"));
            }
            if (keys.size() > 1) {
                problems.add(origin + " stands for more than one key: " + String.join(", ", keys));
            }
            for (String key : keys) {
                values.put(key, environment.getOrDefault(name, ""));
                problems.origin(key, new Problems.Origin(origin, 0));
            }
        }
    }

    /** Variables of all fixed keys, of the keys in the file, and of every key of a section that the file names. */
    private Map<String, Set<String>> keysByVariable() {
        Set<String> keys = new TreeSet<>(Keys.ROOT.names());
        values.keySet().stream().filter(Sources::isOurs).forEach(keys::add);
        for (String name : named(Keys.DATABASE_PREFIX, Keys.DATABASE.names())) {
            Keys.DATABASE.names().forEach(key -> keys.add(Keys.DATABASE_PREFIX + name + "." + key));
        }
        for (String name : named(Keys.CONNECTOR_PREFIX, List.of())) {
            Keys.CONNECTOR.names().forEach(key -> keys.add(Keys.CONNECTOR_PREFIX + name + "." + key));
        }
        for (String name : named(Keys.BRIDGE_PREFIX, List.of())) {
            Keys.BRIDGE.names().forEach(key -> keys.add(Keys.BRIDGE_PREFIX + name + "." + key));
        }
        Map<String, Set<String>> byVariable = new LinkedHashMap<>();
        keys.forEach(key -> byVariable
                .computeIfAbsent(asVariable(key), v -> new TreeSet<>())
                .add(key));
        return byVariable;
    }

    private Set<String> named(String prefix, List<String> notNames) {
        return Keys.named(values.keySet(), prefix, notNames);
    }

    static String asVariable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
