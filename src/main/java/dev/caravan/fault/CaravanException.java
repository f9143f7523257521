package dev.caravan.fault;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of this house: a code, a family, and a sentence that says what failed, on which entity and key, and
 * what to do. Carries no secrets and no row contents.
 */
public final class CaravanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final FaultKind kind;
    private final @Nullable Duration retryAfter;

    /**
     * @param kind the family
     * @param code upper case with underscores, {@code HTTP_STATUS}
     * @param message for people
     */
    public CaravanException(FaultKind kind, String code, String message) {
        this(kind, code, message, null, null);
    }

    /** The same with what brought it about. */
    public CaravanException(FaultKind kind, String code, String message, @Nullable Throwable cause) {
        this(kind, code, message, null, cause);
    }

    /** The same with the time the other side asks us to wait. */
    public CaravanException(
            FaultKind kind, String code, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** What kind of failure, {@code HTTP_STATUS}. */
    public String code() {
        return code;
    }

    /** The family, which decides what happens next. */
    public FaultKind kind() {
        return kind;
    }

    /** How long the other side asks to wait; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
