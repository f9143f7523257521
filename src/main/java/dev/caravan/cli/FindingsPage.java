package dev.caravan.cli;

import static dev.caravan.schema.ReportPage.escape;

import dev.caravan.schema.ReportPage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comparisons of tables with their sources found, as one HTML file that needs nothing else. Stateless. */
final class FindingsPage {
    private static final List<String> WRONG =
            List.of("missing", "marked", "different", "hash", "record", "extra", "twice");

    private FindingsPage() {}

    /** The page; every name of a source is escaped. */
    static String of(Findings findings, Instant at) {
        StringBuilder page = new StringBuilder(ReportPage.head("Data quality"));
        page.append("<p>As of ").append(escape(at.toString())).append(". ");
        page.append(escape(findings.sentence())).append(".</p>\n");
        sums(page, findings.table().data());
        list(page, findings.lines());
        messages(page, findings.messages());
        return page.append("</body>\n</html>\n").toString();
    }

    private static void sums(StringBuilder page, List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        page.append("<table><thead><tr>");
        rows.get(0)
                .keySet()
                .forEach(name -> page.append("<th>").append(escape(name)).append("</th>"));
        page.append("</tr></thead><tbody>\n");
        for (Map<String, @Nullable Object> row : rows) {
            page.append("<tr>");
            row.forEach((name, value) -> {
                boolean wrong = WRONG.contains(name) && value instanceof Number number && number.longValue() > 0;
                page.append(wrong ? "<td class=\"error\">" : "<td>")
                        .append(value == null ? "" : escape(value.toString()))
                        .append("</td>");
            });
            page.append("</tr>\n");
        }
        page.append("</tbody></table>\n");
    }

    private static void list(StringBuilder page, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        page.append("<h2>Rows and lookups</h2>\n<ul>\n");
        lines.forEach(line -> page.append("<li>").append(escape(line)).append("</li>\n"));
        page.append("</ul>\n");
    }

    private static void messages(StringBuilder page, List<String> messages) {
        if (messages.isEmpty()) {
            return;
        }
        page.append("<h2>Not compared</h2>\n<ul>\n");
        messages.forEach(
                line -> page.append("<li class=\"error\">").append(escape(line)).append("</li>\n"));
        page.append("</ul>\n");
    }
}
