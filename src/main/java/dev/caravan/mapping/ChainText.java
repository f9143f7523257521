package dev.caravan.mapping;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;

/** The notation of chains: parts between bars, arguments between commas, quotes that may hold anything. Stateless. */
final class ChainText {
    private ChainText() {}

    /** Parts between separators that stand outside quotes and brackets, trimmed. */
    static List<String> split(String field, String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted = c == '\'' ? !quoted : quoted;
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0) {
                throw wrong(field, "a bar is missing behind a bracket in '" + text + "'");
            }
            if (c == separator && !quoted && depth == 0) {
                parts.add(part.toString().trim());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (quoted || depth != 0) {
            throw wrong(field, "a " + (quoted ? "quote" : "bracket") + " is missing in '" + text + "'");
        }
        parts.add(part.toString().trim());
        return parts;
    }

    /** A name with its arguments, quotes taken off. */
    static Call call(String field, String part) {
        int open = part.indexOf('(');
        if (open < 0) {
            return new Call(part, List.of());
        }
        if (!part.endsWith(")")) {
            throw wrong(field, "a bar is missing behind a bracket in '" + part + "'");
        }
        List<String> arguments = new ArrayList<>();
        for (String argument : split(field, part.substring(open + 1, part.length() - 1), ',')) {
            boolean quoted = argument.length() > 1 && argument.startsWith("'") && argument.endsWith("'");
            arguments.add(quoted ? argument.substring(1, argument.length() - 1).replace("''", "'") : argument);
        }
        return new Call(part.substring(0, open).trim(), arguments);
    }

    private static CaravanException wrong(String field, String what) {
        return new CaravanException(FaultKind.CONFIGURATION, "MAPPING_WRONG", "map." + field + ": " + what);
    }

    /** One part of a chain. */
    record Call(String name, List<String> arguments) {
        boolean hasArguments() {
            return !arguments.isEmpty();
        }
    }
}
