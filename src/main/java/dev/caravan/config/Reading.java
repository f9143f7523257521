package dev.caravan.config;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.util.ArrayList;
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
 * @param chains every mapping as it is written; its notation is judged by whoever can read it
 */
public record Reading(
        String name, Optional<Settings> good, List<Problem> problems, List<String> warnings, List<Chain> chains) {
    /**
     * A mapping as it is written.
     *
     * @param entity connector and entity, {@code erp.items}
     * @param key the whole key
     * @param where line of the file or variable it comes from
     * @param line line of the file; 0 where it comes from elsewhere
     */
    public record Chain(String entity, String field, String text, String key, String where, int line) {}

    /** The same with further mistakes, all in the order of the file. */
    public Reading with(List<Problem> more) {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(more);
        all.sort(Problems.AS_IN_THE_FILE);
        return new Reading(name, all.isEmpty() ? good : Optional.empty(), List.copyOf(all), warnings, chains);
    }

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
