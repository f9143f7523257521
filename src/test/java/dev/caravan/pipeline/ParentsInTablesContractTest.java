package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delta.Verdict;
import dev.caravan.route.Outcome;
import dev.caravan.route.VerifyReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are stored with their parents where both go into tables: one transaction holds them all. */
abstract class ParentsInTablesContractTest {
    @TempDir
    Path folder = Path.of("");

    private House house = new House("", Path.of(""));
    private Kinsfolk kin = new Kinsfolk(house);

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        house.close();
        house = new House(freshDatabase(folder), folder);
        kin = new Kinsfolk(house).publish("hash");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whatWaitsIsStoredInTheTransactionOfItsParentOrNotAtAll() throws SQLException {
        kin.line(1, 1);
        kin.sync("lines");
        kin.order(1);
        house.discover();
        house.execute(
                house.isSqlite()
                        ? "CREATE TRIGGER refuse BEFORE DELETE ON caravan_pending_children BEGIN SELECT RAISE(ABORT, 'no'); END"
                        : "ALTER TABLE caravan.pending_children RENAME TO elsewhere");
        Outcome failed = kin.syncDiscovered("orders").get(0);
        assertThat(failed.status()).isEqualTo("failed");
        assertThat(kin.stored("orders", "ORDER_NO")).isEmpty();
        assertThat(kin.stored("lines", "PART")).isEmpty();
        house.execute(
                house.isSqlite() ? "DROP TRIGGER refuse" : "ALTER TABLE caravan.elsewhere RENAME TO pending_children");
        kin.sync("orders");
        assertThat(kin.stored("orders", "ORDER_NO")).isEqualTo("1");
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-1");
        assertThat(kin.waiting()).isEmpty();
    }

    @Test
    void aRunOfManyPagesThatCannotReleaseIsBrokenOff() throws SQLException {
        for (int i = 1; i <= 20; i++) {
            kin.line(i, 1);
        }
        kin.sync("lines");
        for (int i = 1; i <= 20; i++) {
            kin.order(i);
        }
        house.with("caravan.connector.erp.page-size", "2");
        house.discover();
        house.execute(
                house.isSqlite()
                        ? "CREATE TRIGGER refuse BEFORE DELETE ON caravan_pending_children BEGIN SELECT RAISE(ABORT, 'no'); END"
                        : "ALTER TABLE caravan.pending_children RENAME TO elsewhere");
        for (int i = 0; i < 5; i++) {
            assertThat(kin.syncDiscovered("orders").get(0).status()).isEqualTo("failed");
        }
        house.execute(
                house.isSqlite() ? "DROP TRIGGER refuse" : "ALTER TABLE caravan.elsewhere RENAME TO pending_children");
        kin.sync("orders");
        assertThat(kin.inOrder("lines", "PART")).hasSize(20);
        assertThat(house.engine()
                        .stores()
                        .entities()
                        .find("erp.lines")
                        .orElseThrow()
                        .total())
                .isEqualTo(20);
    }

    @Test
    void aParentIsNotStoredWithoutItsChildrenThoughTheyWereWrittenAlready() throws SQLException {
        kin.line(1, 1);
        kin.sync("lines");
        kin.note("N", 1, 1);
        kin.sync("notes");
        kin.order(1);
        house.discover();
        house.execute(
                house.isSqlite()
                        ? "CREATE TRIGGER refuse BEFORE UPDATE OF status ON caravan_sync_runs"
                                + " WHEN NEW.run_type = 'retry' AND NEW.status = 'completed'"
                                + " BEGIN SELECT RAISE(ROLLBACK, 'no'); END"
                        : "ALTER TABLE caravan.sync_runs ADD CONSTRAINT refuse"
                                + " CHECK (run_type <> 'retry' OR status <> 'completed')");
        assertThat(kin.syncDiscovered("orders").get(0).status()).isEqualTo("failed");
        assertThat(kin.stored("orders", "ORDER_NO")).isEmpty();
        assertThat(kin.stored("lines", "PART")).isEmpty();
        assertThat(kin.stored("notes", "NOTE_ID")).isEmpty();
        house.execute(
                house.isSqlite() ? "DROP TRIGGER refuse" : "ALTER TABLE caravan.sync_runs DROP CONSTRAINT refuse");
        kin.sync("orders");
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-1");
        assertThat(kin.stored("notes", "NOTE_ID")).isEqualTo("N");
    }

    @Test
    void hundredsOfGenerationsAreReleasedInOneTransactionAndCountInOneRun() throws SQLException {
        int last = 600;
        for (int i = 1; i < last; i++) {
            kin.staff(String.format(Locale.ROOT, "W%04d", i), String.format(Locale.ROOT, "W%04d", i + 1));
        }
        house.with("caravan.connector.erp.page-size", "50");
        assertThat(kin.one("staff").counts().pending()).isEqualTo(last - 1);
        kin.staff(String.format(Locale.ROOT, "W%04d", last), null);
        house.with("caravan.connector.erp.entity.staff.strategy", "rowversion");
        house.discover();
        Outcome outcome = kin.syncDiscovered("staff").get(0);
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.stored("staff", "ID")).isEqualTo(kin.source("staff", "ID"));
        assertThat(outcome.counts().inserted()).isEqualTo(last);
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs") + " WHERE run_type = 'retry'"))
                .isEqualTo("1");
        kin.expectCountsToAddUp();
    }

    @Test
    void rowsThatWaitForTheirParentsAreNotMissing() throws SQLException {
        kin.order(1);
        kin.line(1, 1);
        kin.line(7, 1);
        kin.sync("orders", "lines");
        VerifyReport report = Verifying.verify(house.engine(), house.settings(), "lines", false)
                .found();
        assertThat(report.verdicts()).isEqualTo(Map.of(Verdict.SAME, 1L, Verdict.WAITING, 1L));
        assertThat(report.isWell()).isTrue();
        assertThat(Verifying.verify(house.engine(), house.settings(), "lines", true)
                        .found()
                        .isWell())
                .isTrue();
        assertThat(kin.waiting()).isEqualTo("lines[ORDER_NO=7,LINE_NO=1]");
        kin.staff("1", "2");
        kin.staff("2", "1");
        kin.sync("staff");
        VerifyReport ring = Verifying.verify(house.engine(), house.settings(), "staff", false)
                .found();
        assertThat(ring.refused()).isEqualTo(2);
        assertThat(ring.wrong()).isZero();
        kin.expectCountsToAddUp();
    }

    @Test
    void aReleasedRowThatTheDatabaseRefusesIsADeadLetterAndItsParentIsStored() throws SQLException {
        kin.line(1, 1);
        kin.line(1, 2);
        kin.sync("lines");
        house.execute(
                house.isSqlite()
                        ? "CREATE TRIGGER refuse BEFORE INSERT ON lines WHEN NEW.\"LINE_NO\" = 1"
                                + " BEGIN SELECT RAISE(ABORT, 'not this'); END"
                        : "ALTER TABLE lines ADD CONSTRAINT refuse CHECK (\"LINE_NO\" <> 1)");
        kin.order(1);
        kin.sync("orders");
        assertThat(kin.stored("orders", "ORDER_NO")).isEqualTo("1");
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-2");
        assertThat(kin.letters()).contains("INGEST").contains("lines[ORDER_NO=1,LINE_NO=1]");
        assertThat(kin.waiting()).isEmpty();
        kin.expectCountsToAddUp();
    }

    @Test
    void onlyAnEntityWithChildrenHasAnIndexOnItsKeyHash() throws SQLException {
        kin.order(1);
        kin.sync("orders", "lines", "staff", "notes");
        String query = house.isSqlite()
                ? "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%(_bridge_bk_hash)' ORDER BY 1"
                : "SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%(_bridge_bk_hash)' ORDER BY 1";
        List<String> tables = new ArrayList<>();
        house.rows(query).forEach(row -> tables.add(row.get(0)));
        assertThat(tables).isEqualTo(List.of("lines", "orders", "staff"));
    }
}
