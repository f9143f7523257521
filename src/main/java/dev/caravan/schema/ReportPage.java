package dev.caravan.schema;

import java.util.Locale;

/** What reports as one HTML file have in common: no script, no font, no network. Stateless. */
public final class ReportPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>@title@</title>
            <style>
            :root { color-scheme: light dark; --line: #8886; --error: #b3261e; --warning: #8a5a00; --info: #1f5fa8; }
            @media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffca60; --info: #8ab8ff; } }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line);
              overflow-wrap: anywhere; }
            .error { color: var(--error); font-weight: 600; }
            .warning { color: var(--warning); font-weight: 600; }
            .info { color: var(--info); font-weight: 600; }
            tr.differs td { font-weight: 600; }
            </style>
            </head>
            <body>
            <h1>@title@</h1>
            """;

    private ReportPage() {}

    /** The beginning of a page, down to its heading; it ends with {@code </body></html>}. */
    public static String head(String title) {
        return HEAD.replace("@title@", escape(title));
    }

    /** Text that means nothing to a browser; control characters are shown as such. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> plain(safe, point);
            }
        });
        return safe.toString();
    }

    private static void plain(StringBuilder safe, int point) {
        boolean hidden = Character.isISOControl(point)
                || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.SURROGATE;
        if (hidden) {
            safe.append(String.format(Locale.ROOT, "\\u%04x", point));
        } else {
            safe.appendCodePoint(point);
        }
    }
}
