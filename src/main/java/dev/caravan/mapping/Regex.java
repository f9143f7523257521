package dev.caravan.mapping;

import dev.caravan.model.ColumnType;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Functions by regular expressions, whose classes are Unicode's and whose steps are bounded. Stateless. */
final class Regex {
    /** A slash that no backslash stands before. */
    private static final Pattern SLASH = Pattern.compile("(?<!\\\\)/");

    private Regex() {}

    /** {@code regex('pattern', 'replacement')}, {@code regex(s/pattern/replacement/g)}. */
    static Function replacing(ChainText.Call call) {
        call.most(2);
        String search = call.argument(0);
        String replacement = call.arguments().size() > 1 ? call.argument(1) : "";
        boolean all = true;
        if (call.arguments().size() == 1 && search.startsWith("s/")) {
            String[] parts = SLASH.split(search.substring(2), -1);
            if (parts.length != 3 || !(parts[2].equals("g") || parts[2].isEmpty())) {
                throw call.spot().wrong("'" + search + "' is not of the form s/pattern/replacement/ or s/…/…/g");
            }
            search = parts[0].replace("\\/", "/");
            replacement = parts[1].replace("\\/", "/");
            all = parts[2].equals("g");
        }
        Pattern pattern = compile(call, search);
        String with = tried(call, search, replacement);
        boolean everywhere = all;
        return new Function() {
            @Override
            public @Nullable Object apply(@Nullable Object value, @Nullable Object[] row) {
                if (!(value instanceof String text)) {
                    return value;
                }
                var matcher = pattern.matcher(new BoundedText(text));
                return everywhere ? matcher.replaceAll(with) : matcher.replaceFirst(with);
            }

            @Override
            public ColumnType after(ColumnType before) {
                return before.kind() == ColumnType.Kind.TEXT ? ColumnType.text(0) : before;
            }
        };
    }

    /** {@code pattern('…')}: the whole value must match. */
    static Function holding(ChainText.Call call) {
        call.most(1);
        Pattern pattern = compile(call, call.argument(0));
        return Rules.of(value -> value == null
                        || pattern.matcher(new BoundedText(PlainText.of(value))).matches()
                ? null
                : "the value does not match the pattern");
    }

    /** The replacement, if the pattern has the groups that it names: an added alternative matches nothing at all. */
    private static String tried(ChainText.Call call, String search, String replacement) {
        try {
            Pattern.compile(search + "|").matcher("").replaceAll(replacement);
            return replacement;
        } catch (IllegalArgumentException | IndexOutOfBoundsException noSuchGroup) {
            throw call.spot().wrong("'" + replacement + "' is not a replacement for '" + search + "'", noSuchGroup);
        }
    }

    private static Pattern compile(ChainText.Call call, String expression) {
        try {
            return Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException unreadable) {
            String where = unreadable.getIndex() < 0 ? "" : " at its character " + (unreadable.getIndex() + 1);
            throw call.spot()
                    .wrong(
                            "'" + expression + "' is not a regular expression: " + unreadable.getDescription() + where,
                            unreadable);
        }
    }
}
