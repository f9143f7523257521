package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Says in the log what is waited for, and why, so that nobody wonders what a run is doing. One line on a subject in ten
 * seconds, by the machine's running time. Safe for several threads.
 */
final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

    private final Map<String, Long> spoken = new ConcurrentHashMap<>();

    /**
     * A step failed and is tried again.
     *
     * @param subject what is in trouble; several entities may wait for the same
     * @param entity who waits
     * @param fault why
     * @param delay until the next try
     * @param budget how long trying may go on
     */
    void waits(String subject, String entity, CaravanException fault, Duration delay, Duration budget) {
        if (!mayTell(subject)) {
            return;
        }
        MDC.put("entity", entity);
        LOG.warn(
                "{} waits, tries again in {}, for {} in all: {}",
                entity,
                text(delay),
                text(budget),
                fault.getMessage());
        MDC.remove("entity");
    }

    private boolean mayTell(String subject) {
        long now = System.nanoTime();
        boolean[] may = new boolean[1];
        spoken.compute(subject, (name, last) -> {
            may[0] = last == null || now - last > QUIET_NANOS;
            return may[0] ? Long.valueOf(now) : last;
        });
        return may[0];
    }

    /** {@code 400 ms}, {@code 90 s}, {@code 10 min}. */
    static String text(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }
}
