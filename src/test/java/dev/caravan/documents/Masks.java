package dev.caravan.documents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What may differ between a document and a run: times, durations, identities, ports, sizes, and the width of columns.
 * CONTRIBUTING.md says so too. Everything else is compared character by character.
 */
final class Masks {
    private static final Map<Pattern, String> PATTERNS = new LinkedHashMap<>();

    static {
        mask("\\b\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}([.,]\\d+)?)?(Z| UTC|[+-]\\d{2}:\\d{2})?", "TIME");
        mask("\\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\b", "UID");
        mask("(?<=(localhost|127\\.0\\.0\\.1):)\\d+", "PORT");
        mask("\\b(\\d+ (h|min|m) )?\\d+([.,]\\d+)? ?(ms|s|min|h)\\b( ago)?", "DURATION");
        mask("\\b\\d+([.,]\\d+)? ?(B|kB|KB|MB|GB)\\b", "SIZE");
        mask("(?<=\"(took_ms|duration_ms|bytes|bytes_fetched)\": ?)\\d+", "NUMBER");
        mask("-{3,}", "---");
        mask("[ \\t]+", " ");
    }

    private Masks() {}

    private static void mask(String pattern, String name) {
        PATTERNS.put(Pattern.compile(pattern), name);
    }

    /** A line without what may differ. */
    static String apply(String line) {
        String masked = line;
        for (Map.Entry<Pattern, String> mask : PATTERNS.entrySet()) {
            masked = mask.getKey().matcher(masked).replaceAll(mask.getValue());
        }
        return masked.strip();
    }

    /** What the whole output must look like: its lines, and anything for a line of three dots. */
    static Pattern expected(List<String> output) {
        StringBuilder pattern = new StringBuilder();
        for (String line : output) {
            pattern.append(line.equals("...") ? "(?:.*\\n)*?" : Pattern.quote(apply(line)) + "\\n");
        }
        return Pattern.compile(pattern.toString());
    }
}
