package dev.caravan.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Refuses keys that nobody reads, with the nearest one that somebody does. */
final class UnknownKeys {
    private static final String OURS = "caravan";

    private final List<Section> sections;
    private final Problems problems;

    UnknownKeys(List<Section> sections, Problems problems) {
        this.sections = sections;
        this.problems = problems;
    }

    void refuse(Collection<String> keys) {
        for (String key : keys) {
            if (!Sources.isOurs(key)) {
                refuseMistypedPrefix(key);
            } else if (sections.stream().noneMatch(section -> knows(section, key))) {
                problems.add(key, "is not a known key" + hint(key));
            }
        }
    }

    private static boolean knows(Section section, String key) {
        return key.startsWith(section.prefix())
                && section.group().knows(key.substring(section.prefix().length()));
    }

    private void refuseMistypedPrefix(String key) {
        int dot = key.indexOf('.');
        String first = dot < 0 ? key : key.substring(0, dot);
        if (dot > 0 && Suggestion.distance(first, OURS) <= 2) {
            problems.add(key, "is not a known key; did you mean " + OURS + key.substring(dot) + "?");
        }
    }

    private String hint(String key) {
        return sections.stream()
                .filter(section -> key.startsWith(section.prefix()))
                .max(Comparator.comparingInt(section -> section.prefix().length()))
                .flatMap(section ->
                        nearest(section, key.substring(section.prefix().length())))
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("; docs/reference/configuration.md lists all");
    }

    private static Optional<String> nearest(Section section, String typed) {
        return Suggestion.nearest(typed, section.group().names())
                .or(() -> nearestGroup(section, typed))
                .map(name -> section.prefix() + name);
    }

    /** The word before the first dot that is a group's, such as {@code entity}, with the rest as it was typed. */
    private static Optional<String> nearestGroup(Section section, String typed) {
        String before = section.prefix().isEmpty() ? Keys.PREFIX : "";
        int dot = typed.indexOf('.', before.length());
        if (dot < 0) {
            return Optional.empty();
        }
        return Suggestion.nearest(
                        typed.substring(before.length(), dot), section.group().below())
                .map(word -> before + word + typed.substring(dot));
    }
}
