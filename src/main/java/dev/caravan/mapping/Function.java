package dev.caravan.mapping;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** One part of a chain: changes a value, or says what is wrong with it. */
interface Function {
    /** A slash that no backslash stands before. */
    Pattern SLASH = Pattern.compile("(?<!\\\\)/");

    /** For messages. */
    String NAMES = "uppercase, lowercase, trim, strip_whitespace, title_case, capitalize, remove_special_chars,"
            + " regex(pattern, replacement), default(value), required, range(a,b), pattern(regex), one_of(a,b)";

    /** The value changed; null stays null unless a default is given. */
    default @Nullable Object apply(@Nullable Object value) {
        return value;
    }

    /** What is wrong with the final value; null for nothing. */
    default @Nullable String problem(@Nullable Object value) {
        return null;
    }

    /** The function of this name; null if there is none. */
    static @Nullable Function of(Column column, ChainText.Call call) {
        String field = column.name();
        return switch (call.name().toLowerCase(Locale.ROOT)) {
            case "uppercase", "upper" -> text(s -> s.toUpperCase(Locale.ROOT));
            case "lowercase", "lower" -> text(s -> s.toLowerCase(Locale.ROOT));
            case "trim" -> text(String::strip);
            case "strip_whitespace" -> text(s -> s.replaceAll("\\s+", ""));
            case "title_case" -> text(s -> Words.titleCase(s));
            case "capitalize" -> text(s -> Words.capitalize(s));
            case "remove_special_chars" -> text(s -> s.replaceAll("[^\\p{L}\\p{N}\\s]", ""));
            case "regex" -> regex(field, call.arguments());
            case "default" -> otherwise(Defaults.typed(column, argument(field, call, 0)));
            case "required" -> rule(value -> value == null ? "a value is required" : null);
            case "range" -> range(field, call);
            case "pattern" -> pattern(field, argument(field, call, 0));
            case "one_of" -> oneOf(call.arguments());
            default -> null;
        };
    }

    private static Function text(UnaryOperator<String> change) {
        return new Function() {
            @Override
            public @Nullable Object apply(@Nullable Object value) {
                return value instanceof String text ? change.apply(text) : value;
            }
        };
    }

    private static Function otherwise(Object replacement) {
        return new Function() {
            @Override
            public @Nullable Object apply(@Nullable Object value) {
                return value == null ? replacement : value;
            }
        };
    }

    private static Function rule(java.util.function.Function<@Nullable Object, @Nullable String> problem) {
        return new Function() {
            @Override
            public @Nullable String problem(@Nullable Object value) {
                return problem.apply(value);
            }
        };
    }

    private static Function regex(String field, List<String> arguments) {
        String search = arguments.isEmpty() ? "" : arguments.get(0);
        String replacement = arguments.size() > 1 ? arguments.get(1) : "";
        boolean all = true;
        if (arguments.size() == 1 && search.startsWith("s/")) {
            String[] parts = SLASH.split(search.substring(2), -1);
            if (parts.length != 3) {
                throw wrong(field, "'" + search + "' is not of the form s/pattern/replacement/ or s/…/…/g", null);
            }
            search = parts[0].replace("\\/", "/");
            replacement = parts[1].replace("\\/", "/");
            all = parts[2].equals("g");
        }
        Pattern pattern = compile(field, search);
        String with = tried(field, search, replacement);
        boolean everywhere = all;
        return text(s -> everywhere
                ? pattern.matcher(new BoundedText(s)).replaceAll(with)
                : pattern.matcher(new BoundedText(s)).replaceFirst(with));
    }

    /** The replacement, if the pattern has the groups that it names: an added alternative matches nothing at all. */
    private static String tried(String field, String search, String replacement) {
        try {
            Pattern.compile(search + "|").matcher("").replaceAll(replacement);
            return replacement;
        } catch (IllegalArgumentException | IndexOutOfBoundsException noSuchGroup) {
            throw wrong(field, "'" + replacement + "' is not a replacement for '" + search + "'", noSuchGroup);
        }
    }

    private static Function pattern(String field, String expression) {
        Pattern pattern = compile(field, expression);
        return rule(value -> value == null
                        || pattern.matcher(new BoundedText(value.toString())).matches()
                ? null
                : "the value does not match the pattern");
    }

    private static Function range(String field, ChainText.Call call) {
        BigDecimal least = number(field, argument(field, call, 0));
        BigDecimal most = number(field, argument(field, call, 1));
        return rule(value -> {
            if (value == null) {
                return null;
            }
            BigDecimal number = value instanceof Long || value instanceof BigDecimal || value instanceof Double
                    ? new BigDecimal(value.toString())
                    : null;
            boolean inside = number != null && number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
            return inside ? null : "the value is not from " + least + " to " + most;
        });
    }

    private static Function oneOf(List<String> allowed) {
        return rule(value -> value == null || allowed.contains(value.toString())
                ? null
                : "the value is none of " + String.join(", ", allowed));
    }

    private static String argument(String field, ChainText.Call call, int index) {
        if (call.arguments().size() <= index) {
            throw wrong(field, call.name() + " needs " + (index + 1) + " argument(s)", null);
        }
        return call.arguments().get(index);
    }

    private static BigDecimal number(String field, String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            throw wrong(field, "'" + text + "' is not a number", notANumber);
        }
    }

    private static Pattern compile(String field, String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException unreadable) {
            throw wrong(field, "'" + expression + "' is not a regular expression", unreadable);
        }
    }

    private static CaravanException wrong(String field, String what, @Nullable Throwable cause) {
        return new CaravanException(FaultKind.CONFIGURATION, "MAPPING_WRONG", "map." + field + ": " + what, cause);
    }
}
