package dev.caravan.normalize;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How values are read.
 *
 * @param dayFirst whether {@code 08-12-2025} is the 8th of December
 * @param zone of times that name none
 * @param cleanTexts whether texts are trimmed and cleaned
 * @param anyNumbers whether numbers may be written as people write them; else only {@code -12.50}
 * @param anyDates whether dates and times may be written as people write them; else only by ISO 8601
 */
public record NormaliserOptions(
        boolean dayFirst, ZoneId zone, boolean cleanTexts, boolean anyNumbers, boolean anyDates) {
    /** Day first, UTC, all layers. */
    public static final NormaliserOptions DEFAULTS = new NormaliserOptions(true, ZoneOffset.UTC, true, true, true);
}
