package dev.caravan.schema;

import java.time.Instant;
import java.util.Locale;

/** A report as one HTML file that needs nothing else: no script, no font, no network. Stateless. */
public final class SchemaReportPage {
    private SchemaReportPage() {}

    /** The page; every name and text of a source is escaped. */
    public static String of(SchemaReport report, Instant at) {
        StringBuilder page = new StringBuilder(ReportPage.head("Schema differences"));
        page.append("<p>As of ")
                .append(ReportPage.escape(at.toString()))
                .append(". ")
                .append(sums(report));
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
        page.append("<h2>").append(ReportPage.escape(name)).append("</h2>\n<p>");
        if (!table.decision().isEmpty()) {
            page.append("Decision: ")
                    .append(ReportPage.escape(table.decision()))
                    .append(". ");
        }
        page.append(ReportPage.escape(table.effect())).append("</p>\n");
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
                .append(ReportPage.escape(table.table()))
                .append("</th><th>At the source</th></tr></thead><tbody>\n");
        for (SchemaReport.Side side : table.sides()) {
            page.append(side.same() ? "<tr><td>" : "<tr class=\"differs\"><td>")
                    .append(ReportPage.escape(side.column()));
            cell(page, side.table());
            cell(page, side.source());
            page.append("</td></tr>\n");
        }
        page.append("</tbody></table></details>\n");
    }

    private static void cell(StringBuilder page, String text) {
        page.append("</td><td>").append(ReportPage.escape(text));
    }
}
