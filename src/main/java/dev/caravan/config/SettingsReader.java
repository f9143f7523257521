package dev.caravan.config;

import dev.caravan.fault.CaravanException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads all settings, or says all that is wrong with them. */
public final class SettingsReader {
    private static final Pattern MAPPING =
            Pattern.compile("caravan\\.connector\\.([^.]+)\\.(?:entity|table)\\.([^.]+)\\.map\\.(.+)", Pattern.DOTALL);

    private final Problems problems;
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, String> values;
    private final Path folder;

    private SettingsReader(Map<String, String> values, Path folder, Problems problems) {
        this.values = values;
        this.folder = folder;
        this.problems = problems;
    }

    /**
     * Reads settings that are given as they are, without a file or an environment.
     *
     * @param keys all keys with their values; placeholders are not replaced
     * @param folder what relative file names count from
     * @param home the distribution's own folder
     * @throws CaravanException CONFIGURATION_WRONG, one line a mistake
     */
    public static Settings of(Map<String, String> keys, Path folder, Path home) {
        return new SettingsReader(new TreeMap<>(keys), folder.toAbsolutePath().normalize(), new Problems())
                .reading("The configuration", home)
                .settings();
    }

    /**
     * Reads the settings.
     *
     * @param file the properties file; null for defaults and environment only
     * @param folder what relative file names count from, and where a {@code .env} is looked for
     * @param home the distribution's own folder, whose {@code routes} serve where none lie in {@code folder}
     * @param environment environment variables
     * @throws CaravanException CONFIGURATION_WRONG, one line a mistake; CONFIGURATION_UNREADABLE
     */
    public static Settings read(@Nullable Path file, Path folder, Path home, Map<String, String> environment) {
        return examine(file, folder, home, environment).settings();
    }

    /**
     * The same with the mistakes as data.
     *
     * @throws CaravanException CONFIGURATION_UNREADABLE if the file itself cannot be read
     */
    public static Reading examine(@Nullable Path file, Path folder, Path home, Map<String, String> environment) {
        Problems problems = new Problems();
        Path whole = folder.toAbsolutePath().normalize();
        Map<String, String> values = new Sources(problems).read(file, whole, environment);
        String name = file == null ? "The configuration" : String.valueOf(file.getFileName());
        return new SettingsReader(values, whole, problems).reading(name, home);
    }

    private Reading reading(String name, Path home) {
        Settings settings = settings(home);
        new CrossChecks(settings, problems).run();
        new UnknownKeys(sections, problems).refuse(values.keySet());
        List<Problem> all = problems.list();
        Optional<Settings> good = all.isEmpty() ? Optional.of(settings) : Optional.empty();
        return new Reading(name, good, all, problems.warnings(), chains());
    }

    private List<Reading.Chain> chains() {
        List<Reading.Chain> chains = new ArrayList<>();
        values.forEach((key, text) -> {
            Matcher matcher = MAPPING.matcher(key);
            if (matcher.matches() && !text.isBlank()) {
                Problems.Origin origin = problems.originOf(key);
                chains.add(new Reading.Chain(
                        matcher.group(1) + "." + matcher.group(2),
                        matcher.group(3),
                        text,
                        key,
                        origin.text(),
                        origin.line()));
            }
        });
        return List.copyOf(chains);
    }

    private Section section(String prefix, Keys.Group group) {
        Section section = new Section(prefix, group, values, problems);
        sections.add(section);
        return section;
    }

    private Settings settings(Path home) {
        Section root = section("", Keys.ROOT);
        DatabaseSettings main = main(root);
        Map<String, DatabaseSettings> databases = new TreeMap<>();
        for (String name : Keys.named(values.keySet(), Keys.DATABASE_PREFIX, Keys.DATABASE.names())) {
            databases.put(name, further(section(Keys.DATABASE_PREFIX + name + ".", Keys.DATABASE)));
        }
        return new Settings(
                main,
                Map.copyOf(databases),
                root.text("caravan.http.host", "127.0.0.1"),
                root.number("caravan.http.port", 8008, 1, 65_535),
                root.number("caravan.workers", 10, 1, 1000),
                root.size("caravan.memory", 64L << 20),
                root.number("caravan.max-delete-percent", 20, 0, 100),
                root.number("caravan.max-delete-rows", 50, 0, 999_999_999),
                root.durationOrZero("caravan.keep-runs", Duration.ofDays(30)),
                root.secret("caravan.secrets-key"),
                root.flag("caravan.routes-reload", false),
                routes(root, home),
                log(root),
                connectors(),
                bridges(),
                passedOn(),
                problems.warnings());
    }

    private Settings.Log log(Section root) {
        return new Settings.Log(
                root.choice("caravan.log.level", "info", "trace", "debug", "info", "warn", "error"),
                root.text("caravan.log.file").map(folder::resolve),
                root.choice("caravan.log.format", "text", "text", "json").equals("json"));
    }

    private List<ConnectorSettings> connectors() {
        List<ConnectorSettings> connectors = new ArrayList<>();
        for (String name : Keys.named(values.keySet(), Keys.CONNECTOR_PREFIX, List.of())) {
            connectors.add(new ConnectorReader(name, this::section, values, folder).read());
        }
        return List.copyOf(connectors);
    }

    private List<BridgeSettings> bridges() {
        List<BridgeSettings> bridges = new ArrayList<>();
        for (String name : Keys.named(values.keySet(), Keys.BRIDGE_PREFIX, List.of())) {
            Section section = section(Keys.BRIDGE_PREFIX + name + ".", Keys.BRIDGE);
            bridges.add(new BridgeReader(name, section, values).read());
        }
        return List.copyOf(bridges);
    }

    private Path routes(Section root, Path home) {
        Optional<String> set = root.text("caravan.routes");
        if (set.isPresent()) {
            Path routes = folder.resolve(set.get()).normalize();
            if (!Files.isDirectory(routes)) {
                root.problem(
                        "caravan.routes",
                        "there is no folder of routes at " + routes + ", as '" + set.get()
                                + "' says; correct it, or leave the key out for the routes that come with Caravan");
            }
            return routes;
        }
        Path beside = folder.resolve("routes");
        return Files.isDirectory(beside) ? beside : home.resolve("routes");
    }

    private DatabaseSettings main(Section root) {
        String url = root.text("caravan.database.url", "jdbc:sqlite:caravan.db");
        checkUrl(root, "caravan.database.url", url);
        return new DatabaseSettings(
                absolute(url),
                root.raw("caravan.database.username"),
                root.secret("caravan.database.password").orElse(null));
    }

    private DatabaseSettings further(Section section) {
        String url = section.required("url", "a database needs one");
        if (!url.isEmpty()) {
            checkUrl(section, "url", url);
        }
        return new DatabaseSettings(
                absolute(url),
                section.raw("username"),
                section.secret("password").orElse(null));
    }

    private static void checkUrl(Section section, String key, String url) {
        if (!url.matches("(?s)jdbc:(sqlite|postgresql):.+")) {
            section.problem(key, "is neither jdbc:sqlite:FILE nor jdbc:postgresql://HOST/DATABASE");
        }
    }

    private String absolute(String url) {
        String scheme = "jdbc:sqlite:";
        String file = url.startsWith(scheme) ? url.substring(scheme.length()) : "";
        if (file.isEmpty() || file.startsWith("file:") || file.startsWith(":")) {
            return url;
        }
        return scheme + folder.resolve(file).normalize();
    }

    private Map<String, String> passedOn() {
        Map<String, String> others = new HashMap<>(values);
        others.keySet().removeIf(Sources::isOurs);
        return Map.copyOf(others);
    }
}
