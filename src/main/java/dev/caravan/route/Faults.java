package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/**
 * Any failure as one of our faults. Where a rollback failed too, what made it necessary counts: SQLite has rolled back by
 * itself where its disk is full. Stateless.
 */
final class Faults {
    private Faults() {}

    static CaravanException of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
                return of(rollback.getApplicationException());
            }
            if (cause instanceof CaravanException fault) {
                return fault;
            }
            if (cause instanceof SQLException sql) {
                return DatabaseFaults.of("Work in the database", sql);
            }
            if (cause instanceof IOException) {
                return new CaravanException(
                        FaultKind.TRANSIENT,
                        "SOURCE_UNREACHABLE",
                        "The source cannot be reached: " + detail(cause),
                        cause);
            }
        }
        String what = failure == null ? "unknown" : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return new CaravanException(FaultKind.INTERNAL, "UNEXPECTED", "Unexpected: " + what, failure);
    }

    /** Which address refused, or what the other side's certificate lacks. */
    private static String detail(Throwable cause) {
        String said = cause.getMessage();
        String kind = cause.getClass().getSimpleName();
        return said == null || said.isBlank() ? kind : said.lines().findFirst().orElse(kind) + " (" + kind + ")";
    }
}
