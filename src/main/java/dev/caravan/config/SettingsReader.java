package dev.caravan.config;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads all settings, or says all that is wrong with them. */
public final class SettingsReader {
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, String> values;
    private final Path folder;

    private SettingsReader(Map<String, String> values, Path folder) {
        this.folder = folder;
        this.values = values;
    }

    /**
     * Reads settings that are given as they are, without a file or an environment.
     *
     * @param keys all keys with their values
     * @param folder what relative file names count from
     * @param home the distribution's own folder
     */
    public static Settings of(Map<String, String> keys, Path folder, Path home) {
        return new SettingsReader(new TreeMap<>(keys), folder).checked("The configuration", home);
    }

    /**
     * Reads the settings.
     *
     * @param file the properties file; null for defaults and environment only
     * @param folder what relative file names count from
     * @param home the distribution's own folder, whose {@code routes} serve where none lie in {@code folder}
     * @param environment environment variables
     * @throws CaravanException CONFIGURATION_WRONG, one line a mistake
     */
    public static Settings read(@Nullable Path file, Path folder, Path home, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        SettingsReader reader =
                new SettingsReader(new Sources(environment, problems, warnings).read(file, folder), folder);
        reader.problems.addAll(problems);
        reader.warnings.addAll(warnings);
        return reader.checked(file == null ? "The configuration" : String.valueOf(file.getFileName()), home);
    }

    private Settings checked(String where, Path home) {
        Settings settings = settings(home);
        refuseUnknown();
        if (!problems.isEmpty()) {
            String list = String.join("\n  ", new TreeSet<>(problems));
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "CONFIGURATION_WRONG",
                    where + " has " + problems.size() + " mistake(s):\n  " + list);
        }
        return settings;
    }

    private Section section(String prefix) {
        Section section = new Section(prefix, values, problems);
        sections.add(section);
        return section;
    }

    private Settings settings(Path home) {
        Section root = section("caravan.");
        Map<String, DatabaseSettings> databases = new TreeMap<>();
        for (String name : names("caravan.database.", List.of("url", "username", "password"))) {
            databases.put(name, database("caravan.database." + name + ".", null));
        }
        DatabaseSettings main = database("caravan.database.", "jdbc:sqlite:caravan.db");
        List<ConnectorSettings> connectors = new ArrayList<>();
        for (String name : names("caravan.connector.", List.of())) {
            String prefix = "caravan.connector." + name + ".";
            connectors.add(new ConnectorReader(name, section(prefix), this::section, values).read());
        }
        Tables.refuseShared(connectors, problems);
        Section log = section("caravan.log.");
        Section http = section("caravan.http.");
        return new Settings(
                main,
                Map.copyOf(databases),
                http.text("host", "127.0.0.1"),
                http.number("port", 8008, 1, 65_535),
                root.number("workers", 10, 1, 1000),
                root.size("memory", "64MB"),
                root.number("max-delete-percent", 20, 0, 100),
                root.number("max-delete-rows", 50, 0, Integer.MAX_VALUE),
                root.duration("keep-runs", "30d"),
                root.secret("secrets-key"),
                root.flag("routes-reload", false),
                routes(root, home),
                new Settings.Log(
                        log.choice("level", "info", "trace", "debug", "info", "warn", "error"),
                        log.text("file").map(folder::resolve),
                        log.choice("format", "text", "text", "json").equals("json")),
                List.copyOf(connectors),
                passedOn(),
                List.copyOf(warnings));
    }

    private Path routes(Section root, Path home) {
        String set = root.raw("routes");
        if (set != null) {
            return folder.resolve(set).normalize();
        }
        Path beside = folder.resolve("routes");
        return beside.toFile().isDirectory() ? beside : home.resolve("routes");
    }

    private DatabaseSettings database(String prefix, @Nullable String otherwise) {
        Section section = section(prefix);
        String url = section.raw("url");
        if (url == null && otherwise == null) {
            section.problem("url", "is missing");
        }
        String text = url == null ? (otherwise == null ? "jdbc:sqlite:missing.db" : otherwise) : url;
        if (!text.startsWith("jdbc:sqlite:") && !text.startsWith("jdbc:postgresql:")) {
            section.problem("url", "begins neither with jdbc:sqlite: nor with jdbc:postgresql:");
        }
        return new DatabaseSettings(
                absolute(text),
                section.raw("username"),
                section.secret("password").orElse(null));
    }

    private String absolute(String url) {
        String scheme = "jdbc:sqlite:";
        if (!url.startsWith(scheme) || url.startsWith(scheme + "file:") || url.contains(":memory:")) {
            return url;
        }
        return scheme
                + folder.resolve(url.substring(scheme.length()))
                        .toAbsolutePath()
                        .normalize();
    }

    private List<String> names(String prefix, List<String> notNames) {
        TreeSet<String> names = new TreeSet<>();
        for (String key : values.keySet()) {
            int dot = key.indexOf('.', prefix.length());
            if (key.startsWith(prefix) && dot > 0 && !notNames.contains(key.substring(prefix.length()))) {
                names.add(key.substring(prefix.length(), dot));
            }
        }
        return List.copyOf(names);
    }

    private Map<String, String> passedOn() {
        Map<String, String> others = new HashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith("camel.")) {
                others.put(key, value);
            }
        });
        return Map.copyOf(others);
    }

    private void refuseUnknown() {
        for (String key : values.keySet()) {
            if (key.startsWith("caravan.") && !isKnown(key)) {
                Section nearest = sections.get(0);
                for (Section section : sections) {
                    if (key.startsWith(section.prefix())
                            && section.prefix().length() > nearest.prefix().length()) {
                        nearest = section;
                    }
                }
                String prefix = nearest.prefix();
                String hint = Suggestion.nearest(key.substring(prefix.length()), nearest.asked())
                        .map(name -> "; did you mean " + prefix + name + "?")
                        .orElse("");
                problems.add(key + ": is not a known key" + hint);
            }
        }
    }

    private boolean isKnown(String key) {
        for (Section section : sections) {
            if (key.startsWith(section.prefix())
                    && section.asked().contains(key.substring(section.prefix().length()))) {
                return true;
            }
        }
        return false;
    }
}
