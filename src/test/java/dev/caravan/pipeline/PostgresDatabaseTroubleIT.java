package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real PostgreSQL. */
final class PostgresDatabaseTroubleIT extends DatabaseTroubleContractTest {
    private String elsewhere = "";

    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }

    @BeforeEach
    void openElsewhere() {
        elsewhere = Postgres.freshDatabase();
    }

    @AfterEach
    void closeElsewhere() {
        Postgres.drop(elsewhere);
    }

    /** Says something of the database from a connection to another one, and ends all connections to it. */
    private void say(String what) throws SQLException {
        String url = house.jdbcUrl();
        String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        try (Connection connection = DriverManager.getConnection(elsewhere);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " " + what);
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }
    }

    /** As when the server is started anew: whoever was connected is not any more. */
    @Test
    void allConnectionsBreak() throws SQLException {
        trouble(() -> say("RESET ALL"), () -> {});
        expectNothingLost();
    }

    /** A sequence is not rolled back: only the first commit breaks its connection. */
    @Test
    void aConnectionThatBreaksAtItsCommitIsNoEnd() throws SQLException {
        budget = "5s";
        Outcome outcome = trouble(
                () -> house.execute(
                        "CREATE SEQUENCE commits",
                        "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " IF nextval('commits') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid());"
                                + " END IF; RETURN NULL; END $$",
                        "CREATE CONSTRAINT TRIGGER break_off AFTER INSERT OR UPDATE ON things"
                                + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION break_off()"),
                () -> house.execute("DROP TRIGGER break_off ON things"));
        assertThat(outcome.status()).isEqualTo("completed");
        assertThat(told()).anyMatch(line -> line.contains("57P01"));
        expectNothingLost();
    }

    /** As when the server is gone for good: whoever connects anew is refused. */
    @Test
    void theDatabaseIsGone() throws SQLException {
        budget = "3s";
        Instant before = Instant.now();
        Outcome outcome = trouble(() -> say("ALLOW_CONNECTIONS false"), () -> say("ALLOW_CONNECTIONS true"));
        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.message()).contains("not currently accepting connections");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(40));
        assertThat(told()).anyMatch(line -> line.startsWith("erp.things waits, tries again in"));
        expectNothingLost();
    }

    @Test
    void aLockThatIsHeldForTooLongEndsTheRun() throws SQLException {
        try (Connection other = DriverManager.getConnection(house.jdbcUrl());
                Statement statement = other.createStatement()) {
            Outcome outcome = trouble(
                    () -> {
                        statement.execute("BEGIN");
                        statement.execute("LOCK TABLE things IN ACCESS EXCLUSIVE MODE");
                    },
                    () -> statement.execute("ROLLBACK"));
            assertThat(outcome.status()).isEqualTo("failed");
            assertThat(outcome.message()).contains("somebody else holds a lock");
        }
        expectNothingLost();
    }

    @Test
    void theDatabaseTakesNoWrites() throws SQLException {
        Outcome outcome = trouble(
                () -> say("SET default_transaction_read_only = on"), () -> say("RESET default_transaction_read_only"));
        assertThat(outcome.status()).isEqualTo("failed");
        expectNothingLost();
    }

    @Test
    void theDiskIsFull() throws SQLException {
        Outcome outcome = trouble(
                () -> house.execute(
                        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
                        "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON things EXECUTE FUNCTION full_disk()"),
                () -> house.execute("DROP TRIGGER full_disk ON things"));
        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.message()).contains("the disk is full");
        expectNothingLost();
    }

    @Test
    void aLockedTableIsWaitedFor() throws SQLException {
        try (Connection other = DriverManager.getConnection(house.jdbcUrl());
                Statement statement = other.createStatement()) {
            Thread keeper = new Thread(() -> release(statement));
            Outcome outcome = trouble(
                    () -> {
                        statement.execute("BEGIN");
                        statement.execute("LOCK TABLE things IN ACCESS EXCLUSIVE MODE");
                        keeper.start();
                    },
                    () -> {});
            assertThat(outcome.status()).isEqualTo("completed");
        }
        expectNothingLost();
    }

    /** After two seconds, by the clock of the database. */
    private static void release(Statement statement) {
        try {
            statement.execute("SELECT pg_sleep(2)");
            statement.execute("COMMIT");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
