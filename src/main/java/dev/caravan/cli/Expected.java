package dev.caravan.cli;

import dev.caravan.model.RunRecord;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How long a pass over all rows of an entity is expected to take. Stateless. */
final class Expected {
    /** What two cores load into SQLite or PostgreSQL where the source is not the slower one; see docs/benchmarks.md. */
    private static final long ROWS_A_SECOND = 50_000;

    private Expected() {}

    /**
     * As the last run went that read at least half as many rows; before there is one, what the source's answers take,
     * but no less than loading the rows does.
     *
     * @param rows how many there are; empty if the source does not say
     * @param pageSize rows an answer; 0 if that is the source's choice
     * @param answer how long the source took for its shortest answer
     * @param runs newest first
     * @return whole seconds, at least one; null if nothing can be said
     */
    static @Nullable Duration of(OptionalLong rows, int pageSize, Duration answer, List<RunRecord> runs) {
        if (rows.isEmpty()) {
            return null;
        }
        long all = rows.getAsLong();
        for (RunRecord run : runs) {
            long fetched = run.counts().fetched();
            if (run.completedAt() != null && run.status().equals("completed") && fetched > 0 && fetched >= all / 2) {
                Duration took = Duration.between(run.startedAt(), run.completedAt());
                return seconds(took.toMillis() * (double) all / fetched);
            }
        }
        double asking = pageSize == 0 ? 0 : Math.ceil(all / (double) pageSize) * answer.toMillis();
        return seconds(Math.max(asking, all * 1000.0 / ROWS_A_SECOND));
    }

    private static Duration seconds(double millis) {
        return Duration.ofSeconds(Math.max(1, Math.round(millis / 1000)));
    }
}
