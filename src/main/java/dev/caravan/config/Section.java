package dev.caravan.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys below one prefix, read by kind; a value that cannot be read becomes a problem and the default is answered.
 * Not safe for several threads.
 */
final class Section {
    private final String prefix;
    private final Keys.Group group;
    private final Map<String, String> values;
    private final Problems problems;

    Section(String prefix, Keys.Group group, Map<String, String> values, Problems problems) {
        this.prefix = prefix;
        this.group = group;
        this.values = values;
        this.problems = problems;
    }

    String prefix() {
        return prefix;
    }

    Keys.Group group() {
        return group;
    }

    /** The value without blanks around it; null if it is missing, empty, or a placeholder in it has none. */
    @Nullable
    String raw(String key) {
        if (!group.knows(key)) {
            throw new IllegalArgumentException("No such key: " + prefix + key);
        }
        String value = values.get(prefix + key);
        return value == null || value.isBlank() || problems.has(prefix + key) ? null : value.strip();
    }

    boolean has(String key) {
        return raw(key) != null;
    }

    /** Whether it is there but cannot be used, which is said already. */
    boolean isBroken(String key) {
        return problems.has(prefix + key);
    }

    /** A value that must be there. */
    String required(String key, String hint) {
        String value = raw(key);
        if (value == null) {
            missing(key, hint);
            return "";
        }
        return value;
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(raw(key));
    }

    String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    Optional<Secret> secret(String key) {
        return text(key).map(Secret::new);
    }

    /** Names between commas. */
    List<String> list(String key, String otherwise) {
        return Arrays.stream(text(key, otherwise).split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    int number(String key, int otherwise, int least, int most) {
        String value = raw(key);
        if (value == null) {
            return otherwise;
        }
        String digits = value.length() < 10 && value.matches("\\d+") ? value : "-1";
        int number = Integer.parseInt(digits);
        if (number >= least && number <= most) {
            return number;
        }
        problem(key, value, "a whole number from " + least + " to " + most);
        return otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return choice(key, Boolean.toString(otherwise), "true", "false").equals("true");
    }

    /** One of some words, in either spelling: {@code source-wins}, {@code SOURCE_WINS}. */
    String choice(String key, String otherwise, String... allowed) {
        String value = raw(key);
        if (value == null) {
            return otherwise;
        }
        String folded = value.toLowerCase(Locale.ROOT).replace('_', '-');
        if (Arrays.asList(allowed).contains(folded)) {
            return folded;
        }
        String hint = Suggestion.nearest(folded, Arrays.asList(allowed))
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
        problem(key, value, "one of " + String.join(", ", allowed) + hint);
        return otherwise;
    }

    /** A duration above zero. */
    Duration duration(String key, Duration otherwise) {
        Duration duration = durationOrZero(key, otherwise);
        if (duration.isZero()) {
            problem(key, "must be more than zero, such as 30s, 15m or 1d");
            return otherwise;
        }
        return duration;
    }

    Duration durationOrZero(String key, Duration otherwise) {
        String value = raw(key);
        if (value == null) {
            return otherwise;
        }
        Optional<Duration> duration = Units.duration(value);
        if (duration.isEmpty()) {
            problem(key, value, "a duration such as 500ms, 30s, 15m, 2h or 1d");
        }
        return duration.orElse(otherwise);
    }

    /** A duration that may be zero, or the word {@code off}, which answers empty. */
    Optional<Duration> durationOrOff(String key, Duration otherwise) {
        return "off".equalsIgnoreCase(raw(key)) ? Optional.empty() : Optional.of(durationOrZero(key, otherwise));
    }

    /** Bytes, above zero. */
    long size(String key, long otherwise) {
        String value = raw(key);
        if (value == null) {
            return otherwise;
        }
        long size = Units.size(value).orElse(0L);
        if (size == 0) {
            problem(key, value, "a size above zero, such as 512KB, 64MB or 1GB");
            return otherwise;
        }
        return size;
    }

    void problem(String key, String value, String expected) {
        problem(key, "'" + value + "' is not " + expected);
    }

    void problem(String key, String what) {
        problems.add(prefix + key, what);
    }

    /** Says once that a key is missing; nothing if it is there but cannot be resolved. */
    void missing(String key, String hint) {
        problems.addMissing(prefix + key, prefix, "is missing; " + hint);
    }

    void warn(String key, String what) {
        String where = problems.originOf(prefix + key).text();
        problems.warn((where.isEmpty() ? "" : where + ": ") + prefix + key + " " + what);
    }
}
