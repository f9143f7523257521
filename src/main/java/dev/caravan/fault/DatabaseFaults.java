package dev.caravan.fault;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a database's error means, as two tables: SQLSTATE of PostgreSQL
 * (https://www.postgresql.org/docs/17/errcodes-appendix.html) and primary result codes of SQLite
 * (https://www.sqlite.org/rescode.html). Only {@link FaultKind#BAD_DATA} is a matter of one row; all else is trouble of
 * the database, which no dead letter mends.
 */
public final class DatabaseFaults {
    private static final String UNREACHABLE = "DATABASE_UNREACHABLE";
    private static final String CORRUPT = "DATABASE_CORRUPT";
    private static final String REFUSED = "DATABASE_REFUSED_VALUE";

    /** The first prefix that fits a SQLSTATE decides. */
    private static final List<Meaning> STATES = List.of(
            new Meaning("08", FaultKind.TRANSIENT, UNREACHABLE, "the connection failed"),
            new Meaning("28", FaultKind.DENIED, "DATABASE_LOGIN", "user name or password were refused"),
            new Meaning("3D000", FaultKind.CONFIGURATION, "DATABASE_MISSING", "there is no database of this name"),
            new Meaning("3F000", FaultKind.CONFIGURATION, "SCHEMA_MISSING", "there is no schema of this name"),
            new Meaning("42501", FaultKind.DENIED, "DATABASE_RIGHTS", "the user lacks a right"),
            new Meaning("25006", FaultKind.TRANSIENT, "DATABASE_READ_ONLY", "the database takes no writes now"),
            new Meaning("40", FaultKind.TRANSIENT, "DATABASE_CONFLICT", "another transaction was in the way"),
            new Meaning("55000", FaultKind.TRANSIENT, UNREACHABLE, "the database is not ready for this now"),
            new Meaning("55006", FaultKind.TRANSIENT, "DATABASE_LOCKED", "somebody else uses what is needed"),
            new Meaning("55P03", FaultKind.TRANSIENT, "DATABASE_LOCKED", "somebody else holds a lock"),
            new Meaning("53100", FaultKind.TRANSIENT, "DATABASE_FULL", "the disk is full"),
            new Meaning("53", FaultKind.TRANSIENT, "DATABASE_BUSY", "the server is short of something"),
            new Meaning("57", FaultKind.TRANSIENT, UNREACHABLE, "the server stopped or cancelled the work"),
            new Meaning("58", FaultKind.TRANSIENT, "DATABASE_IO", "the server cannot read or write its files"),
            new Meaning("22", FaultKind.BAD_DATA, REFUSED, "a value does not fit its column"),
            new Meaning("23", FaultKind.BAD_DATA, "DATABASE_CONSTRAINT", "a row breaks a constraint of the table"),
            new Meaning("54", FaultKind.BAD_DATA, REFUSED, "a row or a key is larger than the database takes"),
            new Meaning("XX001", FaultKind.CONFIGURATION, CORRUPT, "the database is damaged"),
            new Meaning("XX002", FaultKind.CONFIGURATION, CORRUPT, "an index of the database is damaged"));

    private static final List<Meaning> SQLITE = List.of(
            new Meaning("3", FaultKind.DENIED, "DATABASE_RIGHTS", "the file may not be opened"),
            new Meaning("5", FaultKind.TRANSIENT, "DATABASE_LOCKED", "another process is writing"),
            new Meaning("6", FaultKind.TRANSIENT, "DATABASE_LOCKED", "a table is locked"),
            new Meaning("7", FaultKind.TRANSIENT, "DATABASE_BUSY", "memory is short"),
            new Meaning("8", FaultKind.CONFIGURATION, "DATABASE_READ_ONLY", "the file takes no writes"),
            new Meaning("9", FaultKind.TRANSIENT, "DATABASE_CONFLICT", "the work was interrupted"),
            new Meaning("10", FaultKind.TRANSIENT, "DATABASE_IO", "the file cannot be read or written"),
            new Meaning("11", FaultKind.CONFIGURATION, CORRUPT, "the database is damaged"),
            new Meaning("13", FaultKind.TRANSIENT, "DATABASE_FULL", "the disk is full"),
            new Meaning("14", FaultKind.CONFIGURATION, UNREACHABLE, "the file cannot be opened"),
            new Meaning("18", FaultKind.BAD_DATA, REFUSED, "a value is larger than the database takes"),
            new Meaning("19", FaultKind.BAD_DATA, "DATABASE_CONSTRAINT", "a row breaks a constraint of the table"),
            new Meaning("20", FaultKind.BAD_DATA, REFUSED, "a value does not fit its column"),
            new Meaning("26", FaultKind.CONFIGURATION, CORRUPT, "the file is no SQLite database"));

    private static final Meaning PASSING = new Meaning("", FaultKind.TRANSIENT, UNREACHABLE, "the connection failed");
    private static final Meaning UNKNOWN =
            new Meaning("", FaultKind.INTERNAL, "DATABASE_ERROR", "the database refused a statement");

    private DatabaseFaults() {}

    /** The family of whatever was thrown by a driver, or by a layer above one. */
    public static FaultKind kind(Throwable failure) {
        return meaning(informative(failure)).kind();
    }

    /**
     * The failure as one of ours. The message holds no values of a row: drivers quote those where a row is bad.
     *
     * @param doing what was attempted, as the beginning of a sentence: {@code "Storing a page of erp.items"}
     */
    public static CaravanException of(String doing, Throwable failure) {
        if (failure instanceof CaravanException known) {
            return known;
        }
        SQLException cause = informative(failure);
        Meaning meaning = meaning(cause);
        String message = doing + " failed: " + meaning.text() + particulars(cause, meaning);
        return new CaravanException(meaning.kind(), meaning.code(), message, failure);
    }

    private static Meaning meaning(@Nullable SQLException failure) {
        if (failure == null) {
            return UNKNOWN;
        }
        String state = failure.getSQLState();
        if (state == null || state.isEmpty()) {
            return ofSqlite(failure);
        }
        for (Meaning meaning : STATES) {
            if (state.startsWith(meaning.key())) {
                return meaning;
            }
        }
        return UNKNOWN;
    }

    private static Meaning ofSqlite(SQLException failure) {
        String code = Integer.toString(failure.getErrorCode() & 0xff);
        for (Meaning meaning : SQLITE) {
            if (code.equals(meaning.key())) {
                return meaning;
            }
        }
        return failure instanceof SQLTransientException || failure instanceof SQLRecoverableException
                ? PASSING
                : UNKNOWN;
    }

    /** The deepest cause that carries a code; else the deepest that is a database's; null if none is. */
    private static @Nullable SQLException informative(Throwable failure) {
        SQLException found = null;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException candidate && (found == null || !coded(found) || coded(candidate))) {
                found = candidate;
            }
            if (t instanceof SQLException batch && !coded(batch) && batch.getNextException() != null) {
                found = batch.getNextException();
            }
        }
        return found;
    }

    private static boolean coded(SQLException failure) {
        return failure.getSQLState() != null || failure.getErrorCode() != 0;
    }

    private static String particulars(@Nullable SQLException cause, Meaning meaning) {
        if (cause == null) {
            return "";
        }
        String code = cause.getSQLState() == null ? "code " + cause.getErrorCode() : cause.getSQLState();
        if (meaning.kind() == FaultKind.BAD_DATA) {
            return " (" + code + ")";
        }
        String said = Objects.requireNonNullElse(cause.getMessage(), "");
        return " (" + code + ": " + said.lines().findFirst().orElse("nothing more is known") + ")";
    }

    private record Meaning(String key, FaultKind kind, String code, String text) {}
}
