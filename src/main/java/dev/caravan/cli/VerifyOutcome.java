package dev.caravan.cli;

import dev.caravan.route.VerifyReport;
import org.jspecify.annotations.Nullable;

/**
 * How a comparison of one entity ended.
 *
 * @param report what was found; null where it came to no end
 */
public record VerifyOutcome(EntityOutcome outcome, @Nullable VerifyReport report) {}
