package dev.caravan.config;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where values come from: the file, a {@code .env} beside it, and the environment, which wins. */
final class Sources {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final Set<String> NOT_KEYS =
            Set.of("CARAVAN_JAVA_OPTS", "CARAVAN_TEST_DATA", "CARAVAN_CONFIG", "CARAVAN_HOME");
    private static final List<String> FIXED = List.of(
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

    private final Map<String, String> environment;
    private final List<String> problems;
    private final List<String> warnings;

    Sources(Map<String, String> environment, List<String> problems, List<String> warnings) {
        this.environment = environment;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** All keys with their values, placeholders resolved. */
    Map<String, String> read(@Nullable Path file, Path folder) {
        Map<String, String> values = new TreeMap<>();
        if (file != null) {
            load(file).forEach((key, value) -> values.put(key.toString().trim(), value.toString()));
        }
        Map<String, String> env = new HashMap<>();
        Path dotEnv = folder.resolve(".env");
        if (Files.isRegularFile(dotEnv)) {
            load(dotEnv).forEach((key, value) -> env.put(key.toString().replaceFirst("^export ", ""), unquoted(value)));
        }
        env.putAll(environment);
        override(values, env);
        values.replaceAll((key, value) -> resolve(key, value, values, env, 0));
        return values;
    }

    private static String unquoted(Object value) {
        String text = value.toString().trim();
        boolean quoted = text.length() > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "CONFIGURATION_UNREADABLE",
                    file + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private void override(Map<String, String> values, Map<String, String> env) {
        Map<String, String> byName = new HashMap<>();
        FIXED.forEach(key -> byName.put(asVariable(key), key));
        values.keySet().stream()
                .filter(key -> key.startsWith("caravan."))
                .forEach(key -> byName.put(asVariable(key), key));
        env.forEach((name, value) -> {
            if (!name.startsWith("CARAVAN_") || NOT_KEYS.contains(name)) {
                return;
            }
            String key = byName.get(name);
            if (key == null) {
                warnings.add("The environment variable " + name + " matches no key; name the key in the file first");
                return;
            }
            values.put(key, value);
        });
    }

    private static String asVariable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private String resolve(String key, String value, Map<String, String> values, Map<String, String> env, int depth) {
        Matcher matcher = PLACEHOLDER.matcher(value);
        if (!matcher.find() || depth > 5 || !key.startsWith("caravan.")) {
            return value;
        }
        StringBuilder text = new StringBuilder();
        do {
            matcher.appendReplacement(text, Matcher.quoteReplacement(placeholder(key, matcher.group(1), values, env)));
        } while (matcher.find());
        return resolve(key, matcher.appendTail(text).toString(), values, env, depth + 1);
    }

    private String placeholder(String key, String name, Map<String, String> values, Map<String, String> env) {
        String[] parts = name.split(":", 3);
        String found = switch (parts[0]) {
            case "env" -> parts.length > 1 ? env.get(parts[1]) : null;
            case "sys" -> parts.length > 1 ? System.getProperty(parts[1]) : null;
            default -> parts.length == 1 ? values.get(name) : null;
        };
        if (found != null) {
            return found;
        }
        if (parts.length == 3) {
            return parts[2];
        }
        problems.add(key + ": {{" + name + "}} has no value; set it, or give a default as {{env:NAME:default}}");
        return "";
    }
}
