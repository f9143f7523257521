package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.testing.FakeClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records wait until their parents are stored, and are stored with them. */
abstract class ParentsContractTest {
    @TempDir
    Path folder = Path.of("");

    private final FakeClock clock = new FakeClock(Instant.parse("2026-03-29T12:00:00Z"));
    private House house = new House("", Path.of(""));
    private Kinsfolk kin = new Kinsfolk(house);

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        house.close();
        house = new House(freshDatabase(folder), folder).clock(clock);
        kin = new Kinsfolk(house).publish("hash");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static Outcome of(List<Outcome> outcomes, String entity) {
        return outcomes.stream()
                .filter(outcome -> outcome.entity().equals(entity))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aChildWaitsForItsParentAndIsStoredWithItThroughTwoGenerations() throws SQLException {
        kin.order(1);
        kin.line(1, 1);
        kin.line(2, 1);
        kin.line(2, 2);
        kin.note("N-2", 2, 2);
        kin.note("N-1", 1, 1);
        kin.note("N-3", 2, 1);
        List<Outcome> first = kin.sync("notes", "orders", "lines");
        assertThat(of(first, "erp.lines").counts().pending()).isEqualTo(2);
        assertThat(of(first, "erp.notes").counts().pending()).isEqualTo(2);
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-1");
        assertThat(kin.stored("notes", "NOTE_ID")).isEqualTo("N-1");
        assertThat(kin.waiting())
                .isEqualTo(
                        "lines[ORDER_NO=2,LINE_NO=1] lines[ORDER_NO=2,LINE_NO=2] notes[NOTE_ID=N-2] notes[NOTE_ID=N-3]");

        kin.order(2);
        List<Outcome> second = kin.sync("orders");
        assertThat(of(second, "erp.orders").counts().inserted()).isEqualTo(1);
        assertThat(of(second, "erp.lines").counts().inserted()).isEqualTo(2);
        assertThat(of(second, "erp.notes").counts().inserted()).isEqualTo(2);
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-1,P-2-1,P-2-2");
        assertThat(kin.stored("notes", "NOTE_ID")).isEqualTo("N-1,N-2,N-3");
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.letters()).isEmpty();
        kin.expectCountsToAddUp();
        List<Outcome> third = kin.sync("notes", "orders", "lines");
        assertThat(third).allMatch(outcome -> outcome.counts().unchanged());
    }

    @Test
    void childrenAreReleasedInTheOrderInWhichTheyCame() throws SQLException {
        List<String> expected = new ArrayList<>();
        for (int line = 1; line <= 9; line++) {
            kin.line(5, line);
            expected.add("P-5-" + line);
        }
        kin.sync("lines");
        kin.order(5);
        kin.sync("orders");
        List<String> stored = new ArrayList<>();
        house.rows("SELECT \"PART\" FROM lines ORDER BY _bridge_id").forEach(row -> stored.add(row.get(0)));
        assertThat(stored).isEqualTo(expected);
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
    void aParentThatNeverComesMakesADeadLetterAfterFiveRetriesAndResolvesItWhenItComesAfterAll() throws SQLException {
        kin.order(1);
        kin.line(1, 1);
        kin.line(7, 1);
        kin.sync("orders", "lines");
        int minutes = 5;
        for (int retry = 1; retry <= 5; retry++) {
            assertThat(kin.waiting()).isEqualTo("lines[ORDER_NO=7,LINE_NO=1]");
            clock.advance(Duration.ofMinutes(minutes));
            house.engine().retryDue();
            minutes *= 2;
        }
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.letters()).isEqualTo("RESOLVE PARENT_MISSING lines[ORDER_NO=7,LINE_NO=1]");
        assertThat(house.one("SELECT error_message FROM " + house.own("failed_records")))
                .isEqualTo("Its parent orders[ORDER_NO=7] did not come; the record is stored as soon as it does");
        clock.advance(Duration.ofMinutes(1));
        Outcome again = kin.one("lines");
        assertThat(again.counts().failed()).isEqualTo(1);
        assertThat(again.counts().pending()).isZero();
        assertThat(again.newDeadLetters()).isZero();
        clock.advance(Duration.ofDays(2));
        house.engine().retryDue();
        assertThat(kin.letters()).isEqualTo("RESOLVE PARENT_MISSING lines[ORDER_NO=7,LINE_NO=1]");

        kin.order(7);
        kin.sync("orders");
        assertThat(kin.letters()).isEmpty();
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-1,P-7-1");
        kin.expectCountsToAddUp();
    }

    @Test
    void aCycleIsRecognisedAndNamedAndGoesOnceOneOfItIsCorrected() throws SQLException {
        kin.staff("1", "2");
        kin.staff("2", "3");
        kin.staff("3", "1");
        kin.staff("4", "3");
        kin.staff("5", "5");
        Outcome first = kin.one("staff");
        assertThat(first.counts().failed()).isEqualTo(3);
        assertThat(first.counts().pending()).isEqualTo(1);
        assertThat(kin.stored("staff", "ID")).isEqualTo("5");
        assertThat(kin.letters())
                .isEqualTo("RESOLVE PARENT_CYCLE staff[ID=1]; RESOLVE PARENT_CYCLE staff[ID=2];"
                        + " RESOLVE PARENT_CYCLE staff[ID=3]");
        assertThat(house.one("SELECT error_message FROM " + house.own("failed_records") + " ORDER BY reference"))
                .isEqualTo("It waits for itself: staff[ID=1] waits for staff[ID=2] waits for staff[ID=3] waits for"
                        + " staff[ID=1]; correct one of them at the source");
        clock.advance(Duration.ofMinutes(1));
        Outcome again = kin.one("staff");
        assertThat(again.counts().failed()).isEqualTo(3);
        assertThat(again.newDeadLetters()).isZero();

        kin.table("staff").update(2, SandboxRow.values("BOSS", ""));
        kin.one("staff");
        assertThat(kin.letters()).isEmpty();
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.stored("staff", "ID")).isEqualTo("1,2,3,4,5");
        kin.expectCountsToAddUp();
    }

    @Test
    void aCycleThatClosesLaterTakesThoseAlongThatWaitedAlready() throws SQLException {
        kin.staff("1", "2");
        kin.one("staff");
        assertThat(kin.waiting()).isEqualTo("staff[ID=1]");
        house.with("caravan.connector.erp.entity.staff.strategy", "rowversion");
        kin.staff("2", "1");
        kin.one("staff");
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.letters()).isEqualTo("RESOLVE PARENT_CYCLE staff[ID=1]; RESOLVE PARENT_CYCLE staff[ID=2]");
        kin.expectCountsToAddUp();
    }

    @Test
    void theOrderOfRowsWithinAPageDoesNotMatter() throws SQLException {
        kin.staff("4", "3");
        kin.staff("3", "2");
        kin.staff("2", "1");
        kin.staff("1", null);
        Outcome outcome = kin.one("staff");
        assertThat(outcome.counts().inserted()).isEqualTo(4);
        assertThat(outcome.counts().pending()).isZero();
    }

    @Test
    void aBossOnALaterPageReleasesThoseOfEarlierPagesInTheSameRun() throws SQLException {
        for (int i = 1; i <= 24; i++) {
            kin.staff("W" + (100 + i), i < 24 ? "W" + (101 + i) : null);
        }
        List<Outcome> outcomes = kin.sync("staff");
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.stored("staff", "ID")).isEqualTo(kin.source("staff", "ID"));
        assertThat(outcomes).hasSize(1);
        kin.expectCountsToAddUp();
        assertThat(kin.one("staff").counts().unchanged()).isTrue();
    }

    @Test
    void aBadParentThatIsCorrectedReleasesItsChildrenAndTheirs() throws SQLException {
        kin.order(1);
        kin.line(1, 1);
        kin.line(1, 2);
        kin.note("N", 1, 2);
        kin.table("orders").update(0, SandboxRow.values("TOTAL", "much"));
        kin.sync("orders", "lines", "notes");
        assertThat(kin.letters()).isEqualTo("NORMALISE NUMBER_UNREADABLE orders[ORDER_NO=1]");
        assertThat(kin.waiting()).isEqualTo("lines[ORDER_NO=1,LINE_NO=1] lines[ORDER_NO=1,LINE_NO=2] notes[NOTE_ID=N]");

        kin.table("orders").update(0, SandboxRow.values("TOTAL", "12"));
        kin.sync("orders");
        assertThat(kin.letters()).isEmpty();
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-1,P-1-2");
        assertThat(kin.stored("notes", "NOTE_ID")).isEqualTo("N");
    }

    @Test
    void aChangedRowWaitsForItsNewParentWhileTheOldOneStaysAndTheLatestVersionCounts() throws SQLException {
        kin.staff("1", null);
        kin.staff("2", "1");
        kin.one("staff");
        kin.table("staff").update(1, SandboxRow.values("BOSS", "9", "NAME", "first"));
        assertThat(kin.one("staff").counts().pending()).isEqualTo(1);
        assertThat(house.one("SELECT \"BOSS\" FROM staff WHERE \"ID\" = '2'")).isEqualTo("1");
        kin.table("staff").update(1, SandboxRow.values("NAME", "second"));
        kin.one("staff");
        kin.staff("9", null);
        kin.one("staff");
        assertThat(house.firstRow("SELECT \"BOSS\", \"NAME\" FROM staff WHERE \"ID\" = '2'"))
                .containsExactly("9", "second");
        assertThat(kin.waiting()).isEmpty();

        kin.table("staff").update(1, SandboxRow.values("BOSS", "77"));
        kin.one("staff");
        assertThat(kin.waiting()).isEqualTo("staff[ID=2]");
        kin.table("staff").update(1, SandboxRow.values("BOSS", "9"));
        assertThat(kin.one("staff").counts().skipped()).isEqualTo(3);
        assertThat(kin.waiting()).isEmpty();
        kin.expectCountsToAddUp();
    }

    @Test
    void aSoftDeletedParentIsNotThereAndARevivedOneIs() throws SQLException {
        kin.order(1);
        kin.order(2);
        kin.sync("orders");
        kin.table("orders").delete(0);
        kin.sync("orders");
        kin.line(1, 1);
        assertThat(kin.one("lines").counts().pending()).isEqualTo(1);
        kin.order(1);
        kin.sync("orders");
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-1");
    }

    @Test
    void aKeyThatCannotBeTheParentsIsADeadLetterAndAnEmptyOneNeedsNobody() throws SQLException {
        kin.table("notes").insert(SandboxRow.values("NOTE_ID", "A", "FOR_ORDER", "none", "FOR_LINE", "1"));
        kin.table("notes").insert(SandboxRow.values("NOTE_ID", "B", "FOR_ORDER", " ", "FOR_LINE", "1"));
        kin.sync("orders", "lines", "notes");
        assertThat(kin.letters()).isEqualTo("RESOLVE PARENT_KEY_UNREADABLE notes[NOTE_ID=A]");
        assertThat(kin.stored("notes", "NOTE_ID")).isEqualTo("B");
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
    void aParentThatComesWhileItsChildsPageIsUnderWayIsNotMissed() throws Exception {
        for (int i = 1; i <= 30; i++) {
            kin.line(i, 1);
        }
        house.discover();
        CountDownLatch fetched = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        house.sandbox.setBeforeAnswer(number -> {
            if (number == 3) {
                fetched.countDown();
                await(go);
            }
        });
        AtomicReference<@Nullable Outcome> lines = new AtomicReference<>();
        Thread child = new Thread(() -> lines.set(kin.syncDiscovered("lines").get(0)));
        child.start();
        await(fetched);
        house.sandbox.setBeforeAnswer(number -> {});
        for (int i = 1; i <= 30; i++) {
            kin.order(i);
        }
        try (House other = house.neighbour()) {
            new Kinsfolk(other).syncDiscovered("orders");
        }
        go.countDown();
        child.join(60_000);
        assertThat(String.valueOf(lines.get())).contains("completed");
        assertThat(kin.stored("lines", "PART")).isEqualTo(kin.source("lines", "PART"));
        assertThat(kin.waiting()).isEmpty();
        kin.expectCountsToAddUp();
    }

    @Test
    void runsOfChildrenAndParentsAtTheSameTimeLeaveNobodyWaiting() throws Exception {
        house.with("caravan.connector.erp.page-size", "5");
        for (int i = 1; i <= 150; i++) {
            kin.order(i);
            kin.line(i, 1);
        }
        house.discover();
        try (House other = house.neighbour()) {
            Thread child = new Thread(() -> kin.syncDiscovered("lines"));
            child.start();
            new Kinsfolk(other).syncDiscovered("orders");
            child.join(60_000);
        }
        assertThat(kin.waiting()).isEmpty();
        assertThat(kin.stored("lines", "PART")).isEqualTo(kin.source("lines", "PART"));
        assertThat(kin.letters()).isEmpty();
        kin.expectCountsToAddUp();
    }

    @Test
    void parentsThatAreWronglyNamedStopTheRunWithWhatToCorrect() {
        kin.order(1);
        house.with("caravan.connector.erp.entity.lines.parents", "orders(ORDER_NO=BUYER)");
        assertThat(String.valueOf(kin.one("lines").message()))
                .isEqualTo(
                        "erp.lines: its parents cannot be told: BUYER is no key of erp.orders, which has [ORDER_NO]");
        house.restart();
        house.with("caravan.connector.erp.entity.lines.parents", "offers(ORDER_NO=ORDER_NO)");
        assertThat(String.valueOf(kin.one("lines").message()))
                .isEqualTo("erp.lines: its parents cannot be told: erp has no entity offers");
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

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
