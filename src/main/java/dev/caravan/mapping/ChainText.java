package dev.caravan.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The notation of chains: parts between bars, arguments between commas, quotes that may hold anything. Stateless. */
final class ChainText {
    /** {@code (s/pattern/replacement/g)}: its slashes hold anything but a slash without a backslash before it. */
    private static final Pattern SUBSTITUTION =
            Pattern.compile("\\(\\s*s/(?:[^/\\\\]|\\\\.)*+/(?:[^/\\\\]|\\\\.)*+/[a-zA-Z]*\\s*\\)", Pattern.DOTALL);

    private ChainText() {}

    /** One part of a chain. */
    record Call(Spot spot, String name, List<Argument> arguments) {
        /** The name without regard to case. */
        String folded() {
            return name.toLowerCase(Locale.ROOT);
        }

        boolean isBare() {
            return arguments.isEmpty();
        }

        /** The argument at an index from 0. */
        String argument(int index) {
            if (arguments.size() <= index) {
                throw spot.wrong("'" + name + "' needs " + (index + 1) + " argument(s)");
            }
            return arguments.get(index).value();
        }

        /** No more arguments than these. */
        void most(int count) {
            if (arguments.size() > count) {
                throw spot.wrong("'" + name + "' takes at most " + count + " argument(s)");
            }
        }
    }

    /** One argument, as it is written. */
    record Argument(String written) {
        boolean isQuoted() {
            return written.length() > 1 && written.startsWith("'") && written.endsWith("'");
        }

        /** Without the quotes around it. */
        String value() {
            return isQuoted() ? written.substring(1, written.length() - 1).replace("''", "'") : written;
        }

        /** Both sides of the first equals sign outside of quotes, else of the first one; one side where there is none. */
        List<Argument> sides() {
            String text = written;
            int sign = sign(text);
            if (sign < 0 && isQuoted()) {
                text = value();
                sign = text.indexOf('=');
            }
            return sign < 0
                    ? List.of(this)
                    : List.of(
                            new Argument(text.substring(0, sign).strip()),
                            new Argument(text.substring(sign + 1).strip()));
        }

        private static int sign(String text) {
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                quoted ^= text.charAt(i) == '\'';
                if (text.charAt(i) == '=' && !quoted) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** The parts of a chain, in order. */
    static List<Call> read(String field, String text) {
        List<Call> calls = new ArrayList<>();
        for (Spot part : split(new Spot(field, 0, text), '|')) {
            calls.add(call(part));
        }
        return calls;
    }

    /** Parts between separators that stand outside quotes and brackets, trimmed. */
    private static List<Spot> split(Spot whole, char separator) {
        String text = whole.text();
        List<Spot> parts = new ArrayList<>();
        Matcher substitution = SUBSTITUTION.matcher(text);
        int start = 0;
        int quote = -1;
        int depth = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '('
                    && quote < 0
                    && depth == 0
                    && substitution.region(i, text.length()).lookingAt()) {
                i = substitution.end();
                continue;
            }
            quote = c != '\'' ? quote : quote < 0 ? i : -1;
            depth += quote >= 0 ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0) {
                throw part(whole, i, i + 1).wrong("a bar is missing behind a bracket in '" + text + "'");
            }
            if (c == separator && quote < 0 && depth == 0) {
                parts.add(part(whole, start, i));
                start = i + 1;
            }
            i++;
        }
        if (quote >= 0 || depth != 0) {
            Spot where = part(whole, Math.max(quote, 0), text.length());
            throw where.wrong("a " + (quote >= 0 ? "quote" : "bracket") + " is missing in '" + text + "'");
        }
        parts.add(part(whole, start, text.length()));
        return parts;
    }

    private static Spot part(Spot whole, int from, int to) {
        String text = whole.text().substring(from, to);
        int blanks = text.length() - text.stripLeading().length();
        return new Spot(whole.field(), whole.at() + from + blanks, text.strip());
    }

    private static Call call(Spot part) {
        String text = part.text();
        int open = text.indexOf('(');
        if (open < 0 || text.startsWith("'")) {
            return new Call(part, text, List.of());
        }
        if (!text.endsWith(")")) {
            throw part.wrong("a bar is missing behind a bracket in '" + text + "'");
        }
        String name = text.substring(0, open).strip();
        Spot inside = part(part, open + 1, text.length() - 1);
        if (inside.text().isEmpty()) {
            return new Call(part, name, List.of());
        }
        if (SUBSTITUTION.matcher(text).region(open, text.length()).matches()) {
            return new Call(part, name, List.of(new Argument(inside.text())));
        }
        List<Argument> arguments = split(inside, ',').stream()
                .map(spot -> new Argument(spot.text()))
                .toList();
        return new Call(part, name, arguments);
    }
}
