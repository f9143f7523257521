package dev.caravan.cli;

import dev.caravan.route.VerifyReport;
import org.jspecify.annotations.Nullable;

/**
 * How a comparison of one entity ended.
 *
 * @param report what was found; null where it came to no end
 */
public record VerifyOutcome(EntityOutcome outcome, @Nullable VerifyReport report) {
    /** Whether nothing is left wrong; a record that was to be stored anew and was refused, or waits, is. */
    boolean isWell() {
        if (report == null) {
            return true;
        }
        boolean refused = outcome.counts().failed() + outcome.counts().pending() > 0;
        return report.isWell() && !(report.repaired() && report.wrong() > 0 && refused);
    }
}
