package dev.caravan.normalize;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How values are read.
 *
 * @param dayFirst whether {@code 08-12-2025} is the 8th of December
 * @param zone of times that name none
 * @param cleanTexts whether texts are trimmed and cleaned
 */
public record NormaliserOptions(boolean dayFirst, ZoneId zone, boolean cleanTexts) {
    /** Day first, UTC, texts cleaned. */
    public static final NormaliserOptions DEFAULTS = new NormaliserOptions(true, ZoneOffset.UTC, true);
}
