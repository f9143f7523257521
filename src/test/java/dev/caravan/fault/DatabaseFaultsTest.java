package dev.caravan.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseFaultsTest {
    @ParameterizedTest
    @CsvSource({
        "08006, TRANSIENT, DATABASE_UNREACHABLE",
        "28P01, DENIED, DATABASE_LOGIN",
        "3D000, CONFIGURATION, DATABASE_MISSING",
        "42501, DENIED, DATABASE_RIGHTS",
        "42P01, INTERNAL, DATABASE_ERROR",
        "25006, TRANSIENT, DATABASE_READ_ONLY",
        "40001, TRANSIENT, DATABASE_CONFLICT",
        "40P01, TRANSIENT, DATABASE_CONFLICT",
        "55000, TRANSIENT, DATABASE_UNREACHABLE",
        "55006, TRANSIENT, DATABASE_LOCKED",
        "55P03, TRANSIENT, DATABASE_LOCKED",
        "53100, TRANSIENT, DATABASE_FULL",
        "53300, TRANSIENT, DATABASE_BUSY",
        "57P01, TRANSIENT, DATABASE_UNREACHABLE",
        "57P03, TRANSIENT, DATABASE_UNREACHABLE",
        "22003, BAD_DATA, DATABASE_REFUSED_VALUE",
        "22021, BAD_DATA, DATABASE_REFUSED_VALUE",
        "23505, BAD_DATA, DATABASE_CONSTRAINT",
        "54000, BAD_DATA, DATABASE_REFUSED_VALUE",
        "XX001, CONFIGURATION, DATABASE_CORRUPT",
    })
    void readsTheStatesOfPostgres(String state, FaultKind kind, String code) {
        CaravanException fault = DatabaseFaults.of("Storing a page", new SQLException("what it says", state));

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "5, TRANSIENT, DATABASE_LOCKED",
        "261, TRANSIENT, DATABASE_LOCKED",
        "8, CONFIGURATION, DATABASE_READ_ONLY",
        "10, TRANSIENT, DATABASE_IO",
        "11, CONFIGURATION, DATABASE_CORRUPT",
        "13, TRANSIENT, DATABASE_FULL",
        "14, CONFIGURATION, DATABASE_UNREACHABLE",
        "18, BAD_DATA, DATABASE_REFUSED_VALUE",
        "19, BAD_DATA, DATABASE_CONSTRAINT",
        "26, CONFIGURATION, DATABASE_CORRUPT",
        "1, INTERNAL, DATABASE_ERROR",
    })
    void readsTheResultCodesOfSqlite(int code, FaultKind kind, String name) {
        CaravanException fault = DatabaseFaults.of("Storing a page", new SQLException("what it says", null, code));

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.code()).isEqualTo(name);
    }

    @Test
    void looksThroughWhatWasWrappedAroundIt() {
        SQLException inner = new SQLException("locked", null, 5);
        BatchUpdateException batch = new BatchUpdateException("batch entry 3", null, 0, new int[0], inner);

        assertThat(DatabaseFaults.kind(new IllegalStateException(batch))).isEqualTo(FaultKind.TRANSIENT);

        BatchUpdateException chained = new BatchUpdateException("batch entry 3", null, 0, new int[0], null);
        chained.setNextException(new SQLException("bad", "22003"));
        assertThat(DatabaseFaults.kind(chained)).isEqualTo(FaultKind.BAD_DATA);
    }

    @Test
    void takesAPoolThatIsExhaustedForTroubleThatPasses() {
        assertThat(DatabaseFaults.kind(new SQLTransientConnectionException("no connection in time")))
                .isEqualTo(FaultKind.TRANSIENT);
    }

    @Test
    void quotesTheDriverButNoRow() {
        CaravanException trouble =
                DatabaseFaults.of("Storing a page", new SQLException("server stopped\nmore", "57P01"));
        CaravanException row = DatabaseFaults.of("Storing a page", new SQLException("Key (name)=(Ann)", "23505"));

        assertThat(trouble)
                .hasMessage("Storing a page failed: the server stopped or cancelled the work (57P01: server stopped)");
        assertThat(row).hasMessage("Storing a page failed: a row breaks a constraint of the table (23505)");
    }

    @Test
    void leavesOurOwnFaultsAsTheyAre() {
        CaravanException known = new CaravanException(FaultKind.DENIED, "X", "x");

        assertThat(DatabaseFaults.of("Storing", known)).isSameAs(known);
        assertThat(DatabaseFaults.of("Storing", new IllegalStateException()).kind())
                .isEqualTo(FaultKind.INTERNAL);
    }
}
