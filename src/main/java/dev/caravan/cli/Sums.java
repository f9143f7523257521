package dev.caravan.cli;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.model.RunCounts;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one pass came to, over all its entities. Stateless. */
final class Sums {
    private Sums() {}

    static Table table(Collection<EntityOutcome> outcomes) {
        Table table = new Table(
                "entity",
                "ending",
                "fetched",
                "inserted",
                "updated",
                "deleted",
                "skipped",
                "failed",
                "pending",
                "repeated",
                "requests",
                "took",
                "code",
                "message");
        outcomes.stream().sorted(Comparator.comparing(EntityOutcome::entity)).forEach(outcome -> {
            RunCounts counts = outcome.counts();
            table.row(
                    outcome.entity(),
                    outcome.ending().text(),
                    counts.fetched(),
                    counts.inserted(),
                    counts.updated(),
                    counts.deleted(),
                    counts.skipped(),
                    counts.failed(),
                    counts.pending(),
                    counts.repeated(),
                    outcome.requests(),
                    outcome.took(),
                    outcome.code(),
                    outcome.message());
        });
        return table;
    }

    /** A short table for people: what a row says when all is well. */
    static Table shortTable(Collection<EntityOutcome> outcomes) {
        Table table =
                new Table("entity", "ending", "fetched", "inserted", "updated", "deleted", "skipped", "failed", "took");
        outcomes.stream().sorted(Comparator.comparing(EntityOutcome::entity)).forEach(outcome -> {
            RunCounts counts = outcome.counts();
            table.row(
                    outcome.entity(),
                    outcome.ending().text(),
                    counts.fetched(),
                    counts.inserted(),
                    counts.updated(),
                    counts.deleted(),
                    counts.skipped(),
                    counts.failed(),
                    outcome.took());
        });
        return table;
    }

    /** One sentence: {@code 4 entities: 8200 rows fetched, 8200 inserted}. */
    static String sentence(Collection<EntityOutcome> outcomes) {
        RunCounts sum = sum(outcomes);
        long completed = outcomes.stream()
                .filter(outcome -> outcome.ending() == Ending.COMPLETED)
                .count();
        StringBuilder text = new StringBuilder();
        text.append(outcomes.size()).append(outcomes.size() == 1 ? " entity" : " entities");
        if (completed < outcomes.size()) {
            text.append(", ").append(completed).append(" completed");
        }
        text.append(": ").append(fetched(sum.fetched()));
        append(text, sum.inserted(), "inserted");
        append(text, sum.updated(), "updated");
        append(text, sum.deleted(), "deleted");
        append(text, sum.failed(), "to the dead letters");
        append(text, sum.pending(), "waiting for their parents");
        boolean isQuiet = sum.unchanged() && completed == outcomes.size();
        return isQuiet ? text.append(", no changes").toString() : text.toString();
    }

    private static void append(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(", ").append(number(count)).append(' ').append(what);
        }
    }

    /** {@code 1 row fetched}, {@code 8,200 rows fetched}. */
    static String fetched(long rows) {
        return number(rows) + (rows == 1 ? " row" : " rows") + " fetched";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static Map<String, @Nullable Object> document(Collection<EntityOutcome> outcomes, ExitCode code) {
        RunCounts sum = sum(outcomes);
        Map<String, @Nullable Object> sums = new LinkedHashMap<>();
        sums.put("fetched", sum.fetched());
        sums.put("inserted", sum.inserted());
        sums.put("updated", sum.updated());
        sums.put("deleted", sum.deleted());
        sums.put("skipped", sum.skipped());
        sums.put("failed", sum.failed());
        sums.put("pending", sum.pending());
        sums.put("repeated", sum.repeated());
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("exit_code", code.number());
        document.put("sums", sums);
        document.put("entities", table(outcomes).data());
        return document;
    }

    private static RunCounts sum(Collection<EntityOutcome> outcomes) {
        List<RunCounts> all = outcomes.stream().map(EntityOutcome::counts).toList();
        return new RunCounts(
                all.stream().mapToLong(RunCounts::fetched).sum(),
                all.stream().mapToLong(RunCounts::inserted).sum(),
                all.stream().mapToLong(RunCounts::updated).sum(),
                all.stream().mapToLong(RunCounts::deleted).sum(),
                all.stream().mapToLong(RunCounts::skipped).sum(),
                all.stream().mapToLong(RunCounts::failed).sum(),
                all.stream().mapToLong(RunCounts::pending).sum(),
                all.stream().mapToLong(RunCounts::repeated).sum());
    }
}
