package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any failure as one of our faults: tables, one a system. Stateless. */
final class Faults {
    /** SQLite's primary result codes that are the database's trouble, not a row's (sqlite.org/rescode.html). */
    private static final List<Integer> SQLITE_TROUBLE = List.of(5, 6, 8, 10, 13, 14, 15, 26);
    /** PostgreSQL's classes: connection, rollback, resources, locks, operator intervention, system (appendix A). */
    private static final List<String> POSTGRES_TROUBLE = List.of("08", "40", "53", "55", "57", "58");

    private Faults() {}

    static CaravanException of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CaravanException fault) {
                return fault;
            }
            if (cause instanceof SQLException sql) {
                return database(sql);
            }
            if (cause instanceof IOException) {
                return new CaravanException(
                        FaultKind.TRANSIENT,
                        "SOURCE_UNREACHABLE",
                        "The source cannot be reached (" + cause.getClass().getSimpleName()
                                + "); it will be asked again",
                        cause);
            }
        }
        String what = failure == null ? "unknown" : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return new CaravanException(FaultKind.INTERNAL, "UNEXPECTED", "Unexpected: " + what, failure);
    }

    private static CaravanException database(SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        boolean sqlite = SQLITE_TROUBLE.contains(sql.getErrorCode() & 0xff)
                && String.valueOf(sql.getMessage()).contains("SQLITE");
        boolean postgres = state.length() == 5 && POSTGRES_TROUBLE.contains(state.substring(0, 2));
        boolean trouble = sqlite || postgres || sql instanceof SQLTransientException;
        FaultKind kind = trouble ? FaultKind.TRANSIENT : FaultKind.INTERNAL;
        String code = trouble ? "DATABASE_TROUBLE" : "DATABASE_REFUSED";
        return new CaravanException(kind, code, "The database says: " + sql.getMessage(), sql);
    }
}
