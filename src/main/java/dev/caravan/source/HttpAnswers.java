package dev.caravan.source;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the status of an HTTP answer to what it means: a table, the same for every source. Immutable. */
public final class HttpAnswers {
    private final Clock clock;

    /** @param clock tells how far away a {@code Retry-After} given as a date is */
    public HttpAnswers(Clock clock) {
        this.clock = clock;
    }

    /**
     * Judges an answer.
     *
     * @param status HTTP status
     * @param retryAfter header {@code Retry-After} as sent: seconds or a date; null if there is none
     * @param what what was asked, for people: {@code items page 3}
     * @return the fault; empty for 200 to 299
     */
    public Optional<CaravanException> fault(int status, @Nullable String retryAfter, String what) {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        Duration wait = RetryAfter.parse(retryAfter, clock.instant());
        Meaning meaning = Meaning.of(status, wait != null);
        String message = what + ": the source answered " + status + "; " + meaning.advice;
        return Optional.of(new CaravanException(meaning.kind, meaning.code, message, wait, null));
    }

    /** One row of the table a status. */
    enum Meaning {
        THROTTLED(FaultKind.THROTTLED, "THROTTLED", "it asks to wait"),
        UNAVAILABLE(FaultKind.TRANSIENT, "SOURCE_TROUBLE", "it is in trouble itself"),
        TOKEN_REFUSED(FaultKind.DENIED, "TOKEN_REFUSED", "check the token, or user name and password"),
        FORBIDDEN(
                FaultKind.DENIED,
                "FORBIDDEN",
                "the account lacks the right to read this; ask for it, or disable the entity"),
        NOT_FOUND(FaultKind.CONFIGURATION, "NOT_FOUND", "check the connector's url and run 'caravan discover'"),
        REDIRECTED(
                FaultKind.CONFIGURATION,
                "REDIRECTED",
                "redirects are not followed; set the connector's url to the final address"),
        REFUSED(
                FaultKind.CONFIGURATION,
                "REQUEST_REFUSED",
                "it does not understand the request; check version and page-size");

        final FaultKind kind;
        final String code;
        final String advice;

        Meaning(FaultKind kind, String code, String advice) {
            this.kind = kind;
            this.code = code;
            this.advice = advice;
        }

        static Meaning of(int status, boolean asksToWait) {
            if (status == 429 || status == 503 && asksToWait) {
                return THROTTLED;
            }
            if (status >= 500 || status == 408 || status == 425) {
                return UNAVAILABLE;
            }
            if (status == 401) {
                return TOKEN_REFUSED;
            }
            if (status == 403) {
                return FORBIDDEN;
            }
            if (status == 404 || status == 410) {
                return NOT_FOUND;
            }
            return status < 400 ? REDIRECTED : REFUSED;
        }
    }
}
