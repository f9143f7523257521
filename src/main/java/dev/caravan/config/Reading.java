package dev.caravan.config;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What reading the configuration came to.
 *
 * @param name the file's name, or {@code The configuration} where there is no file
 * @param good the settings; empty if there is any mistake
 * @param problems all mistakes, in the order of the file; empty if there is none
 * @param warnings what is odd but no mistake
 */
public record Reading(String name, Optional<Settings> good, List<Problem> problems, List<String> warnings) {
    /**
     * The settings.
     *
     * @throws CaravanException CONFIGURATION_WRONG, one line a mistake
     */
    public Settings settings() {
        return good.orElseThrow(
                () -> new CaravanException(FaultKind.CONFIGURATION, "CONFIGURATION_WRONG", describeProblems()));
    }

    /** All mistakes in one text, one line each. */
    public String describeProblems() {
        String lines = problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining());
        return name + " has " + problems.size() + (problems.size() == 1 ? " mistake:" : " mistakes:") + lines;
    }
}
