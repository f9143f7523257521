package dev.caravan.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys below one prefix; notes which were asked for and every value that cannot be read. */
final class Section {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|GB)", Pattern.CASE_INSENSITIVE);

    private final String prefix;
    private final Map<String, String> values;
    private final List<String> problems;
    private final Set<String> asked = new TreeSet<>();

    Section(String prefix, Map<String, String> values, List<String> problems) {
        this.prefix = prefix;
        this.values = values;
        this.problems = problems;
    }

    Set<String> asked() {
        return asked;
    }

    String prefix() {
        return prefix;
    }

    @Nullable
    String raw(String key) {
        asked.add(key);
        String value = values.get(prefix + key);
        return value == null || value.isBlank() ? null : value.trim();
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

    List<String> list(String key, String otherwise) {
        return Arrays.stream(text(key, otherwise).split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    int number(String key, int otherwise, int least, int most) {
        String value = raw(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            problem(key, value, "a whole number from " + least + " to " + most);
            return otherwise;
        }
        problem(key, value, "a whole number from " + least + " to " + most);
        return otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return choice(key, Boolean.toString(otherwise), "true", "false").equals("true");
    }

    String choice(String key, String otherwise, String... allowed) {
        String value = raw(key);
        if (value == null) {
            return otherwise;
        }
        String folded = value.toLowerCase(Locale.ROOT).replace('_', '-');
        if (Arrays.asList(allowed).contains(folded)) {
            return folded;
        }
        problem(key, value, "one of " + String.join(", ", allowed));
        return otherwise;
    }

    Duration duration(String key, String otherwise) {
        String value = text(key, otherwise);
        Matcher matcher = DURATION.matcher(value.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            problem(key, value, "a duration such as 500ms, 30s, 15m, 2h or 1d");
            return duration(otherwise);
        }
        return duration(value);
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a duration: " + text);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    long size(String key, String otherwise) {
        String value = text(key, otherwise);
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            problem(key, value, "a size such as 64MB");
            return Long.parseLong("67108864");
        }
        long unit = switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "B" -> 1;
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            default -> 1L << 30;
        };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    void problem(String key, String value, String expected) {
        problems.add(prefix + key + ": '" + value + "' is not " + expected);
    }

    void problem(String key, String what) {
        problems.add(prefix + key + ": " + what);
    }
}
