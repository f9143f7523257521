package dev.caravan.mapping;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions there are, by name. Stateless. */
final class Functions {
    /** For messages. */
    static final String NAMES = "uppercase, lowercase, trim, strip_whitespace, title_case, capitalize,"
            + " remove_special_chars, regex(pattern, replacement), concat(text, FIELD), substring(start, length),"
            + " map(from=to), to_date(form), round(digits), default(value), required, range(a,b), pattern(regex),"
            + " one_of(a,b)";

    static final Set<String> KNOWN = Set.of(
            "uppercase",
            "upper",
            "lowercase",
            "lower",
            "trim",
            "strip_whitespace",
            "title_case",
            "capitalize",
            "remove_special_chars",
            "regex",
            "concat",
            "substring",
            "map",
            "to_date",
            "round",
            "default",
            "required",
            "range",
            "pattern",
            "one_of");

    /** Rules, which change nothing. */
    private static final Set<String> RULES = Set.of("range", "pattern", "one_of");

    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SPECIAL = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\s]", Pattern.UNICODE_CHARACTER_CLASS);

    private Functions() {}

    /**
     * What a function is made for.
     *
     * @param type of what the function is given
     * @param row the source's columns; null where they are not known yet, so that only the notation is checked
     */
    record Given(Column column, ColumnType type, @Nullable Columns row) {
        boolean isOpen() {
            return row == null;
        }

        /** Refuses a function that cannot do anything with such values. */
        void require(ChainText.Call call, Kind... kinds) {
            if (!isOpen() && !List.of(kinds).contains(type.kind())) {
                throw call.spot()
                        .wrong("'" + call.name() + "' cannot be used here: what comes in is "
                                + type.kind().name().toLowerCase(Locale.ROOT));
            }
        }
    }

    static boolean isKnown(String name) {
        return KNOWN.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean isRule(ChainText.Call call) {
        return RULES.contains(call.folded());
    }

    /** The function of this name; null if there is none. */
    static @Nullable Function of(ChainText.Call call, Given given) {
        return switch (call.folded()) {
            case "uppercase", "upper" -> text(call, s -> s.toUpperCase(Locale.ROOT));
            case "lowercase", "lower" -> text(call, s -> s.toLowerCase(Locale.ROOT));
            case "trim" -> text(call, Words::trim);
            case "strip_whitespace" -> text(call, s -> BLANKS.matcher(s).replaceAll(""));
            case "title_case" -> text(call, Words::titleCase);
            case "capitalize" -> text(call, Words::capitalize);
            case "remove_special_chars" -> text(call, s -> SPECIAL.matcher(s).replaceAll(""));
            case "regex" -> Regex.replacing(call);
            case "concat" -> Texts.concat(call, given);
            case "substring" -> Texts.substring(call);
            case "map" -> Texts.map(call);
            case "to_date" -> DateForm.toDate(call, given);
            case "round" -> Rounding.of(call, given);
            case "default" -> Defaults.of(call, given);
            case "required" -> Rules.required(call);
            case "range" -> Rules.range(call);
            case "pattern" -> Regex.holding(call);
            case "one_of" -> Rules.oneOf(call);
            default -> null;
        };
    }

    private static Function text(ChainText.Call call, UnaryOperator<String> change) {
        call.most(0);
        return new Function() {
            @Override
            public @Nullable Object apply(@Nullable Object value, @Nullable Object[] row) {
                return value instanceof String text ? change.apply(text) : value;
            }
        };
    }
}
