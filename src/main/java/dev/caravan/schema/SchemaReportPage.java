package dev.caravan.schema;

import java.time.Instant;
import java.util.Locale;

/** A report as one HTML file that needs nothing else: no script, no font, no network. Stateless. */
public final class SchemaReportPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Schema differences</title>
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
            <h1>Schema differences</h1>
            """;

    private SchemaReportPage() {}

    /** The page; every name and text of a source is escaped. */
    public static String of(SchemaReport report, Instant at) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<p>As of ").append(escape(at.toString())).append(". ").append(sums(report));
        page.append("</p>\n");
        report.tables().forEach(table -> table(page, table));
        return page.append("</body>\n</html>\n").toString();
    }

    private static String sums(SchemaReport report) {
        StringBuilder sums = new StringBuilder();
        for (SchemaReport.Level level : SchemaReport.Level.values()) {
            long count = report.tables().stream()
                    .flatMap(table -> table.findings().stream())
                    .filter(finding -> finding.level() == level)
                    .count();
            sums.append(level.name().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(count)
                    .append(level == SchemaReport.Level.INFO ? "." : ", ");
        }
        return sums.toString();
    }

    private static void table(StringBuilder page, SchemaReport.OfTable table) {
        String name = table.entity().isEmpty() ? table.table() : table.entity();
        page.append("<h2>").append(escape(name)).append("</h2>\n<p>");
        if (!table.decision().isEmpty()) {
            page.append("Decision: ").append(escape(table.decision())).append(". ");
        }
        page.append(escape(table.effect())).append("</p>\n");
        page.append("<table><thead><tr><th>Level</th><th>Column</th><th>Difference</th></tr></thead><tbody>\n");
        for (SchemaReport.Finding finding : table.findings()) {
            String level = finding.level().name().toLowerCase(Locale.ROOT);
            page.append("<tr><td class=\"").append(level).append("\">").append(level);
            cell(page, finding.column());
            cell(page, finding.text());
            page.append("</td></tr>\n");
        }
        page.append("</tbody></table>\n");
        if (!table.sides().isEmpty()) {
            sides(page, table);
        }
    }

    private static void sides(StringBuilder page, SchemaReport.OfTable table) {
        page.append(
                        "<details open=\"open\"><summary>Side by side</summary>\n<table><thead><tr><th>Column</th><th>In the table ")
                .append(escape(table.table()))
                .append("</th><th>At the source</th></tr></thead><tbody>\n");
        for (SchemaReport.Side side : table.sides()) {
            page.append(side.same() ? "<tr><td>" : "<tr class=\"differs\"><td>").append(escape(side.column()));
            cell(page, side.table());
            cell(page, side.source());
            page.append("</td></tr>\n");
        }
        page.append("</tbody></table></details>\n");
    }

    private static void cell(StringBuilder page, String text) {
        page.append("</td><td>").append(escape(text));
    }

    /** Text that means nothing to a browser; control characters are shown as such. */
    static String escape(String text) {
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
