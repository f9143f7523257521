package dev.caravan.sandbox.dataverse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The state up to which changes are known: a version and the server's time, as {@code 919042!08/22/2017 08:10:44}. */
record DeltaToken(long version, Instant time) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd/uuuu HH:mm:ss", Locale.ROOT);

    /** As it goes into a link. */
    String encoded() {
        return Links.inner(version + "!" + TIME.format(time.atOffset(ZoneOffset.UTC)));
    }

    /** @throws Refusal where the text is no token */
    static DeltaToken decode(String text) {
        int mark = text.indexOf('!');
        if (!text.matches("[0-9]{1,18}!.*")) {
            throw Refusal.bad("Invalid delta token");
        }
        try {
            return new DeltaToken(
                    Long.parseLong(text.substring(0, mark)),
                    LocalDateTime.parse(text.substring(mark + 1), TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw Refusal.bad("Invalid delta token");
        }
    }
}
