package dev.caravan.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a JSON object whose values are texts: all that is ever sent to the sandbox. */
final class FlatJson {
    private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern PAIR = Pattern.compile("\\s*" + STRING + "\\s*:\\s*" + STRING + "\\s*(,|$)");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

    private FlatJson() {}

    /** @throws Refused with 422 where the text is anything else */
    static Map<String, String> read(String json) {
        String text = json.strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new Refused(422, "A JSON object is expected");
        }
        String inner = text.substring(1, text.length() - 1);
        Map<String, String> values = new HashMap<>();
        Matcher pair = PAIR.matcher(inner);
        int end = 0;
        while (pair.lookingAt()) {
            values.put(unescaped(pair.group(1)), unescaped(pair.group(2)));
            end = pair.end();
            pair.region(end, inner.length());
        }
        if (!inner.substring(end).isBlank()) {
            throw new Refused(422, "Only texts are expected in the JSON object");
        }
        return values;
    }

    private static String unescaped(String escaped) {
        return ESCAPE.matcher(escaped).replaceAll(escape -> Matcher.quoteReplacement(meaning(escape.group(1))));
    }

    private static String meaning(String escape) {
        if (escape.length() > 1) {
            return Character.toString(Integer.parseInt(escape.substring(1), 16));
        }
        int special = "bfnrt".indexOf(escape);
        return special < 0 ? escape : "\b\f\n\r\t".substring(special, special + 1);
    }
}
