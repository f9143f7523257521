package dev.caravan.cli;

import dev.caravan.config.Problem;
import dev.caravan.config.Reading;
import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the verbs share. Read anew by each call, so that nothing of it is a verb's state. */
final class Context {
    private final Surroundings surroundings;
    private final GlobalOptions options;
    private final Output output;

    Context(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
        this.output = new Output(surroundings.out(), surroundings.err(), options);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Output output() {
        return output;
    }

    /** The properties file that is asked for; else the one beside the program, which need not be there. */
    Path configurationFile() {
        return asked().orElse(surroundings.home().resolve("application.properties"));
    }

    private Optional<Path> asked() {
        String variable = surroundings.environment().getOrDefault("CARAVAN_CONFIG", "");
        Path named = options.config == null && !variable.isBlank() ? Path.of(variable) : options.config;
        return Optional.ofNullable(named).map(surroundings.workingFolder()::resolve);
    }

    /** Reads the configuration, without judging it. */
    Reading examine() {
        Path file = configurationFile();
        boolean isThere = asked().isPresent() || Files.exists(file);
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? surroundings.workingFolder() : parent;
        return examine(isThere ? file : null, folder);
    }

    private Reading examine(@Nullable Path file, Path folder) {
        return SettingsReader.examine(file, folder, surroundings.home(), surroundings.environment());
    }

    /** The same, with the notation of mappings judged; whether they fit their fields is known once the source is asked. */
    Reading examineWhole() {
        Reading reading = examine();
        List<Problem> wrong = new ArrayList<>();
        for (Reading.Chain chain : reading.chains()) {
            MappingList.notation(chain.entity(), chain.field(), chain.text())
                    .ifPresent(what -> wrong.add(new Problem(chain.key(), chain.where(), chain.line(), what)));
        }
        return wrong.isEmpty() ? reading : reading.with(wrong);
    }

    /**
     * The settings; warnings go beside the result.
     *
     * @throws CaravanException CONFIGURATION_WRONG, CONFIGURATION_UNREADABLE
     */
    Settings settings() {
        return settings(examine());
    }

    private Settings settings(Reading reading) {
        reading.warnings().forEach(output::warn);
        return reading.settings();
    }

    /**
     * Settings with something to sync, and the log as they say.
     *
     * @param loud whether the log goes to the console as the settings say; else only warnings do
     */
    Settings settingsToRun(boolean loud) {
        Settings settings = settings(examineWhole());
        if (settings.connectors().isEmpty()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "NOTHING_CONFIGURED",
                    "No connector is configured in " + configurationFile()
                            + "; 'caravan init apismith' writes a file to begin with");
        }
        settings.connectors().stream()
                .filter(connector -> connector.type().equals("sharepoint"))
                .findFirst()
                .ifPresent(connector -> {
                    throw new CaravanException(
                            FaultKind.CONFIGURATION,
                            "CONNECTOR_UNSUPPORTED",
                            "The connector " + connector.name() + " is of type " + connector.type()
                                    + ", which this version does not sync; take it out of the file");
                });
        Logging.apply(settings.log(), loud);
        return settings;
    }

    Operations start(Settings settings) {
        return surroundings.operations().start(settings);
    }
}
