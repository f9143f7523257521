package dev.caravan.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A line when an entity ends, and one now and then for those that take long. Safe for several threads. */
final class ProgressLines implements Progress {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final Clock clock;
    private final Map<String, Instant> spoken = new HashMap<>();

    ProgressLines(PrintWriter err, Clock clock) {
        this.err = err;
        this.clock = clock;
    }

    @Override
    public synchronized void began(String entity, OptionalLong rows) {
        spoken.put(entity, clock.instant());
    }

    @Override
    public synchronized void fetched(String entity, long rows) {
        Instant now = clock.instant();
        Instant last = spoken.computeIfAbsent(entity, name -> now);
        if (!last.plus(QUIET).isAfter(now)) {
            spoken.put(entity, now);
            print(entity + ": " + Sums.fetched(rows));
        }
    }

    @Override
    public synchronized void ended(EntityOutcome outcome) {
        print(outcome.entity() + ": " + outcome.ending().text() + ", "
                + Sums.fetched(outcome.counts().fetched()));
    }

    @Override
    public synchronized void note(String line) {
        print(line);
    }

    private void print(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public void close() {}
}
