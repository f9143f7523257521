package dev.caravan.source.dataverse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * From where changes are asked for. Versions and times are given out when a change is made, but seen when its
 * transaction ends: a row may come to light with a lower version than one that was read before it. So a run asks again
 * from where one had come that ended some time before the last run <em>began</em>. Stateless.
 */
public final class Overlap {
    private Overlap() {}

    /**
     * A run that ended well.
     *
     * @param cursor the highest version it had come to
     */
    public record Run(Instant began, Instant ended, long cursor) {}

    /**
     * The version above which to ask.
     *
     * @param runs that ended well, the newest first
     * @param overlap how long a transaction may take
     * @return empty where no run is old enough
     */
    public static Optional<Long> from(List<Run> runs, Duration overlap) {
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        Instant before = runs.get(0).began().minus(overlap);
        return runs.stream()
                .filter(run -> !run.ended().isAfter(before))
                .map(Run::cursor)
                .max(Long::compare);
    }
}
