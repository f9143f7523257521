package dev.caravan.route;

import dev.caravan.model.RunCounts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one run of one entity ended.
 *
 * @param entity connector and slug
 * @param status completed, failed, throttled, locked or held (some deletions wait for a person's word)
 * @param code what kind of failure; null for none
 * @param message for people; null where there is nothing to say
 */
public record Outcome(
        String entity,
        String status,
        RunCounts counts,
        Duration took,
        long requests,
        @Nullable String code,
        @Nullable String message) {}
