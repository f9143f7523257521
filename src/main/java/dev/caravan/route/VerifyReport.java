package dev.caravan.route;

import dev.caravan.delta.Verdict;
import java.util.List;
import java.util.Map;

/**
 * What comparing a table with its source found.
 *
 * @param entity connector and slug
 * @param source rows that the source listed
 * @param stored live rows before anything was stored
 * @param refused rows of the source that a stage refuses; dead letters tell of them
 * @param verdicts rows by what was found of them; one without rows is absent
 * @param extra live rows that the source does not have
 * @param duplicates keys of several live rows
 * @param dangling lookups that lead to nothing
 * @param samples some of the rows found
 * @param repaired whether what differed was stored anew
 * @param unreadable columns that were not compared, as they may not be read
 * @param held extra rows that stay after a repair: they wait for a person's word, or deletions are off
 */
public record VerifyReport(
        String entity,
        long source,
        long stored,
        long refused,
        Map<Verdict, Long> verdicts,
        long extra,
        long duplicates,
        List<Dangling> dangling,
        List<Sample> samples,
        List<String> unreadable,
        boolean repaired,
        long held) {
    public VerifyReport {
        verdicts = Map.copyOf(verdicts);
        dangling = List.copyOf(dangling);
        samples = List.copyOf(samples);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Live rows whose lookup leads to no live row.
     *
     * @param column of the rows
     * @param tables where it leads
     */
    public record Dangling(String column, String tables, long rows) {}

    /**
     * One row.
     *
     * @param finding what was found: {@code different}, {@code extra}
     * @param row its name for people
     */
    public record Sample(String finding, String row) {}

    /** How many rows a verdict was found of. */
    public long count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }

    /** Rows that are not as the source has them, and that no sync would mend. */
    public long wrong() {
        long rows = extra;
        for (Verdict verdict : Verdict.values()) {
            rows += verdict.isWrong() ? count(verdict) : 0;
        }
        return rows;
    }

    /** Whether something is left to be done. */
    public boolean isWell() {
        return duplicates == 0 && (wrong() == 0 || repaired && held == 0);
    }
}
