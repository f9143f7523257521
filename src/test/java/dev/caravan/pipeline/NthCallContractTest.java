package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.fault.CaravanException;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.testing.FaultySql;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The N-th statement or request fails, for N = 1, 2, 3 … until a run has none left to fail; each time one clean run
 * makes all well. The short version leaves out most N, beginning at a random one.
 */
abstract class NthCallContractTest {
    private static final int STRIDE = Proof.LONG ? 1 : 29;

    @TempDir
    Path folder = Path.of("");

    private House house = new House("", Path.of(""));

    abstract String freshDatabase(Path folder);

    /** What the run has to do whose N-th call fails. */
    enum Work {
        FIRST_LOAD,
        EDITS
    }

    @BeforeEach
    void open() {
        house.close();
        house = new House(freshDatabase(folder), folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST_LOAD, PASSING",
        "FIRST_LOAD, REFUSED",
        "FIRST_LOAD, BAD_DATA",
        "FIRST_LOAD, ANSWER_LOST",
        "FIRST_LOAD, GONE",
        "EDITS, PASSING",
        "EDITS, REFUSED",
        "EDITS, BAD_DATA",
        "EDITS, ANSWER_LOST",
        "EDITS, GONE"
    })
    void theNthStatementFailsForEveryN(Work work, FaultySql.Kind kind) throws SQLException {
        house.things(25, "auto").with("caravan.connector.erp.retry-time-budget", budget(kind));
        prepare(work);
        Map<String, Integer> endings = new TreeMap<>();
        int failed = 0;
        int n = 1 + new Random().nextInt(STRIDE);
        for (boolean hit = true; hit; n += STRIDE) {
            begin(work);
            house.sql().arm(kind, n);
            String ending = run();
            String statement = house.sql().disarm();
            hit = !statement.isEmpty();
            failed += hit ? 1 : 0;
            if (hit) {
                endings.merge(ending, 1, Integer::sum);
            }
            if (kind != FaultySql.Kind.BAD_DATA) {
                expectNoDeadLetters("statement " + n + " " + kind + " during " + work + ": " + statement);
            }
            clean("statement " + n + " " + kind + " during " + work + ": " + statement);
        }
        Proof.say(database() + ", " + work + ", statement " + kind + ": " + failed
                + " runs with a failed statement, N up to " + (n - 2 * STRIDE) + "; they ended " + endings);
        assertThat(failed).isGreaterThan(40 / STRIDE);
    }

    private static String budget(FaultySql.Kind kind) {
        return kind == FaultySql.Kind.GONE ? "500ms" : "1m";
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST_LOAD, 404", "FIRST_LOAD, 403", "FIRST_LOAD, 500", "FIRST_LOAD, BROKEN", "FIRST_LOAD, LOST",
        "EDITS, 404", "EDITS, 403", "EDITS, 500", "EDITS, TRUNCATED", "EDITS, HTML"
    })
    void theNthRequestFailsForEveryN(Work work, String fault) throws SQLException {
        boolean status = Character.isDigit(fault.charAt(0));
        SandboxFault wrong = status
                ? SandboxFault.status(Integer.parseInt(fault))
                : SandboxFault.of(SandboxFault.Kind.valueOf(fault));
        String budget = Proof.LONG ? "1m" : "500ms";
        house.things(25, "auto").with("caravan.connector.erp.retry-time-budget", budget);
        prepare(work);
        Map<String, Integer> endings = new TreeMap<>();
        int failed = 0;
        for (boolean hit = true; hit; ) {
            begin(work);
            int before = house.sandbox.faults().counts().getOrDefault(wrong.name(), 0);
            house.sandbox.faults().at(failed + 1, wrong);
            String ending = run();
            house.sandbox.faults().clear();
            hit = house.sandbox.faults().counts().getOrDefault(wrong.name(), 0) > before;
            failed += hit ? 1 : 0;
            if (hit) {
                endings.merge(ending, 1, Integer::sum);
            }
            expectNoDeadLetters("request " + failed + " " + fault + " during " + work);
            clean("request " + failed + " " + fault + " during " + work);
        }
        Proof.say(database() + ", " + work + ", request " + fault + ": N = 1 to " + failed + "; the runs ended "
                + endings);
        assertThat(failed).isGreaterThan(3);
    }

    private String database() {
        return house.isSqlite() ? "SQLite" : "PostgreSQL";
    }

    private void prepare(Work work) {
        if (work == Work.EDITS) {
            house.sync();
        }
        house.engine();
    }

    private void begin(Work work) throws SQLException {
        if (work == Work.EDITS) {
            house.sandbox.edit("things", 2, 3, 1);
            return;
        }
        house.execute("DROP TABLE IF EXISTS things");
        for (String table : new String[] {"entities", "sync_cursors", "sync_runs", "schema_versions", "entity_locks"}) {
            house.execute("DELETE FROM " + house.own(table));
        }
    }

    /** Discovery and a run, as the program does them; how it ended. */
    private String run() {
        try {
            house.discover();
        } catch (CaravanException refused) {
            return "not discovered";
        }
        try {
            house.sql();
            Outcome outcome = house.syncDiscovered(true);
            return outcome.status();
        } catch (org.springframework.dao.DataAccessException beforeTheRun) {
            return "not begun";
        }
    }

    /** Trouble of the source and of the database is no matter of a record. */
    private void expectNoDeadLetters(String after) throws SQLException {
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .as("dead letters after " + after)
                .isEqualTo("0");
    }

    private void clean(String after) throws SQLException {
        assertThat(house.sync(true).status()).as(after).isEqualTo("completed");
        Laws.hold(house, after);
    }
}
