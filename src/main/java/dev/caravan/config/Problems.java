package dev.caravan.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects mistakes, the first one of each key, and remembers where each key stands. Not safe for several threads. */
final class Problems {
    static final Comparator<Problem> AS_IN_THE_FILE = Comparator.comparingInt(
                    (Problem problem) -> problem.line() == 0 ? Integer.MAX_VALUE : problem.line())
            .thenComparing(Problem::key);

    private final Map<String, Problem> byKey = new LinkedHashMap<>();
    private final List<Problem> others = new ArrayList<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** Where a value comes from; line 0 where it is not from the properties file. */
    record Origin(String text, int line) {
        static final Origin NOWHERE = new Origin("", 0);
    }

    void origin(String key, Origin origin) {
        origins.put(key, origin);
    }

    Origin originOf(String key) {
        return origins.getOrDefault(key, Origin.NOWHERE);
    }

    /** A mistake of one key. */
    void add(String key, String what) {
        add(key, originOf(key), what);
    }

    /** A mistake of a key that is not there, shown where its section begins. */
    void addMissing(String key, String sectionPrefix, String what) {
        Origin begin = origins.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(sectionPrefix)
                        && entry.getValue().line() > 0)
                .map(Map.Entry::getValue)
                .min(Comparator.comparingInt(Origin::line))
                .orElse(Origin.NOWHERE);
        add(key, begin, what);
    }

    private void add(String key, Origin origin, String what) {
        byKey.putIfAbsent(key, new Problem(key, origin.text(), origin.line(), what));
    }

    /** A mistake that belongs to no single key. */
    void add(String what) {
        others.add(new Problem("", "", 0, what));
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    void warn(String what) {
        warnings.add(what);
    }

    /** In the order of the file; what stands in no line comes last. */
    List<Problem> list() {
        List<Problem> all = new ArrayList<>(byKey.values());
        all.addAll(others);
        all.sort(AS_IN_THE_FILE);
        return List.copyOf(all);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
