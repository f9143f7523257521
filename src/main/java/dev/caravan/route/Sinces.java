package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** From where a person wants the rows of a Dataverse table: a version number, a time or a day. Stateless. */
final class Sinces {
    private Sinces() {}

    /** A time in whole seconds, from {@code 2024-06-12T14:13:25Z} or {@code 2024-06-12}; empty for other text. */
    static Optional<String> time(String text) {
        try {
            Instant time = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
            return Optional.of(time.truncatedTo(ChronoUnit.SECONDS).toString());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    static CaravanException refusal(EntityRecord entity, boolean linked, String since) {
        String why = linked
                ? "of a linked table it is a version number"
                : "it is a version number, where the table has versionnumber, or a time, where it has modifiedon";
        return new CaravanException(
                FaultKind.CONFIGURATION,
                "OPTION_UNAVAILABLE",
                entity.name() + ": --since " + since + " says nothing here; " + why);
    }
}
