package dev.caravan.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A time of day in a zone, every day; it goes across midnight where {@code until} is not after {@code from}. Where a clock
 * is put forward, a time of day that does not exist is the one as much later; where it is put back, one that comes twice
 * is the first of the two.
 */
public record Window(LocalTime from, LocalTime until, ZoneId zone) {

    /** One opening of a window: from its first instant on, before its last. */
    public record Opening(Instant begin, Instant end) {}

    /** The opening that an instant lies in; empty if it lies in none. */
    public Optional<Opening> at(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        for (int day = -1; day <= 0; day++) {
            Opening opening = of(today.plusDays(day));
            if (!now.isBefore(opening.begin()) && now.isBefore(opening.end())) {
                return Optional.of(opening);
            }
        }
        return Optional.empty();
    }

    /** The first opening that begins after an instant. */
    public Opening after(Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate().minusDays(1);
        Opening opening = of(day);
        while (!opening.begin().isAfter(now) || !opening.begin().isBefore(opening.end())) {
            day = day.plusDays(1);
            opening = of(day);
        }
        return opening;
    }

    private Opening of(LocalDate day) {
        LocalDate last = until.isAfter(from) ? day : day.plusDays(1);
        Instant begin = ZonedDateTime.of(day, from, zone).toInstant();
        Instant end = ZonedDateTime.of(last, until, zone).toInstant();
        return new Opening(begin, end);
    }

    /** {@code 19:00-07:00 Europe/Berlin}. */
    @Override
    public String toString() {
        return from + "-" + until + " " + zone;
    }
}
