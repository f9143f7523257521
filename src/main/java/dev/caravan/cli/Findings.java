package dev.caravan.cli;

import dev.caravan.delta.Verdict;
import dev.caravan.route.VerifyReport;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What comparisons of tables with their sources found, for people and for programs. Immutable. */
final class Findings {
    private final List<VerifyOutcome> outcomes;

    Findings(List<VerifyOutcome> outcomes) {
        this.outcomes = outcomes.stream()
                .sorted(Comparator.comparing(outcome -> outcome.outcome().entity()))
                .toList();
    }

    /** A line a table. */
    Table table() {
        Table table = new Table(
                "entity",
                "ending",
                "source",
                "stored",
                "same",
                "waiting",
                "missing",
                "marked",
                "different",
                "hash",
                "record",
                "extra",
                "twice");
        for (VerifyOutcome outcome : outcomes) {
            VerifyReport report = outcome.report();
            String entity = outcome.outcome().entity();
            String ending = outcome.outcome().ending().text();
            if (report == null) {
                table.row(entity, ending, null, null, null, null, null, null, null, null, null, null, null);
                continue;
            }
            table.row(cells(entity, ending, report));
        }
        return table;
    }

    private static @Nullable Object[] cells(String entity, String ending, VerifyReport report) {
        return new @Nullable Object[] {
            entity,
            ending,
            report.source(),
            report.stored(),
            report.count(Verdict.SAME),
            report.count(Verdict.WAITING),
            report.count(Verdict.MISSING),
            report.count(Verdict.MARKED),
            report.count(Verdict.DIFFERENT),
            report.count(Verdict.HASH),
            report.count(Verdict.RECORD),
            report.extra(),
            report.duplicates()
        };
    }

    /** Rows by name, and lookups that lead to nothing. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (VerifyReport report : reports()) {
            if (!report.unreadable().isEmpty()) {
                lines.add(report.entity() + ": " + String.join(", ", report.unreadable())
                        + " not compared, as it may not be read (column security)");
            }
            for (VerifyReport.Sample sample : report.samples()) {
                lines.add(report.entity() + ": " + sample.finding() + "  " + sample.row());
            }
            long shown = report.samples().size();
            if (report.wrong() > shown) {
                lines.add(report.entity() + ": " + number(report.wrong() - shown) + " more");
            }
            for (VerifyReport.Dangling dangling : report.dangling()) {
                lines.add(report.entity() + ": " + rows(dangling.rows()) + " whose " + dangling.column()
                        + " leads to no row of "
                        + dangling.tables().replace(",", " or "));
            }
            if (report.held() > 0) {
                lines.add(report.entity() + ": " + rows(report.held())
                        + " that the source does not have stayed: deletions are off, or wait for a person's word");
            }
            if (report.refused() > 0) {
                lines.add(report.entity() + ": " + rows(report.refused())
                        + " of the source refused; 'caravan dead-letters' tells why");
            }
        }
        return lines;
    }

    /** Why tables were not compared, or not to their end. */
    List<String> messages() {
        return outcomes.stream()
                .flatMap(outcome -> Optional.ofNullable(outcome.outcome().told()).stream())
                .toList();
    }

    /** What there is a report of, by entity. */
    List<VerifyReport> reports() {
        List<VerifyReport> reports = new ArrayList<>();
        for (VerifyOutcome outcome : outcomes) {
            VerifyReport report = outcome.report();
            if (report != null) {
                reports.add(report);
            }
        }
        return reports;
    }

    /** {@code 2 entities: 35 rows compared, 3 wrong, repaired}. */
    String sentence() {
        List<VerifyReport> reports = reports();
        long rows = reports.stream().mapToLong(VerifyReport::source).sum();
        long wrong = reports.stream().mapToLong(VerifyReport::wrong).sum();
        long waiting = reports.stream()
                .mapToLong(report -> report.count(Verdict.WAITING))
                .sum();
        StringBuilder text = new StringBuilder().append(outcomes.size());
        text.append(outcomes.size() == 1 ? " entity: " : " entities: ");
        text.append(rows(rows)).append(" compared");
        if (waiting > 0) {
            text.append(", ").append(number(waiting)).append(" changed since the last sync");
        }
        if (wrong == 0) {
            return text.append(", nothing wrong").toString();
        }
        text.append(", ").append(number(wrong)).append(" wrong");
        if (!reports.stream().allMatch(VerifyReport::repaired)) {
            return text.append("; 'caravan verify --repair' mends them").toString();
        }
        long held = reports.stream().mapToLong(VerifyReport::held).sum();
        return text.append(held > 0 ? ", repaired but for " + number(held) : ", repaired")
                .toString();
    }

    /** All of it as lines of text. */
    String text() {
        List<String> lines = new ArrayList<>(table().lines(ZoneId.systemDefault()));
        lines.addAll(lines());
        lines.addAll(messages());
        lines.add(sentence());
        return String.join("\n", lines) + "\n";
    }

    private static String rows(long number) {
        return number(number) + (number == 1 ? " row" : " rows");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** All of it, for programs. */
    Map<String, @Nullable Object> document(ExitCode code) {
        List<Map<String, @Nullable Object>> entities = new ArrayList<>();
        List<Map<String, @Nullable Object>> rows = table().data();
        for (int i = 0; i < outcomes.size(); i++) {
            EntityOutcome outcome = outcomes.get(i).outcome();
            VerifyReport report = outcomes.get(i).report();
            Map<String, @Nullable Object> entity = new LinkedHashMap<>(rows.get(i));
            entity.put("refused", report == null ? null : report.refused());
            entity.put("repaired", report == null ? null : report.repaired());
            entity.put("held", report == null ? null : report.held());
            entity.put("unreadable", report == null ? null : report.unreadable());
            entity.put("dangling", report == null ? null : dangling(report));
            entity.put("samples", report == null ? null : samples(report));
            entity.put("requests", outcome.requests());
            entity.put("code", outcome.code());
            entity.put("message", outcome.message());
            entities.add(entity);
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("exit_code", code.number());
        document.put("entities", entities);
        return document;
    }

    private static List<Map<String, Object>> dangling(VerifyReport report) {
        return report.dangling().stream()
                .map(each ->
                        Map.<String, Object>of("column", each.column(), "tables", each.tables(), "rows", each.rows()))
                .toList();
    }

    private static List<Map<String, Object>> samples(VerifyReport report) {
        return report.samples().stream()
                .map(each -> Map.<String, Object>of("finding", each.finding(), "row", each.row()))
                .toList();
    }
}
