package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.model.EntityRecord;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxRow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records wait until their parents are stored, and are stored with them. */
abstract class ParentsContractTest extends StaffContractTest {
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
        assertThat(kin.inOrder("lines", "PART")).isEqualTo(expected);
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
        assertThat(kin.staffMember("2")).isEqualTo("1 Name 2");
        kin.table("staff").update(1, SandboxRow.values("NAME", "second"));
        kin.one("staff");
        kin.staff("9", null);
        kin.one("staff");
        assertThat(kin.staffMember("2")).isEqualTo("9 second");
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
    void aChildThatGoesFromTheSourceWhileItWaitsIsNotStoredWithItsParent() throws SQLException {
        kin.line(7, 1);
        kin.line(7, 2);
        kin.line(8, 1);
        kin.sync("lines");
        for (int minutes = 5; minutes <= 80; minutes *= 2) {
            clock.advance(Duration.ofMinutes(minutes));
            house.engine().retryDue();
        }
        kin.line(7, 3);
        kin.line(7, 4);
        kin.sync("lines");
        assertThat(kin.letters()).contains("LINE_NO=1").contains("LINE_NO=2").contains("ORDER_NO=8");
        assertThat(kin.waiting()).isEqualTo("lines[ORDER_NO=7,LINE_NO=3] lines[ORDER_NO=7,LINE_NO=4]");
        clock.advance(Duration.ofMinutes(1));
        kin.table("lines").delete(0);
        kin.table("lines").delete(2);
        assertThat(kin.one("lines").status()).isEqualTo("completed");
        assertThat(kin.letters())
                .isEqualTo("RESOLVE PARENT_MISSING lines[ORDER_NO=7,LINE_NO=2];"
                        + " RESOLVE PARENT_MISSING lines[ORDER_NO=8,LINE_NO=1]");
        assertThat(kin.waiting()).isEqualTo("lines[ORDER_NO=7,LINE_NO=4]");
        kin.order(7);
        kin.sync("orders");
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-7-2,P-7-4");
        assertThat(kin.letters()).isEqualTo("RESOLVE PARENT_MISSING lines[ORDER_NO=8,LINE_NO=1]");
        kin.expectCountsToAddUp();
    }

    @Test
    void aChildThatAnotherProcessIsAtIsNotToldOf() {
        kin.line(7, 1);
        kin.sync("lines");
        clock.advance(Duration.ofHours(1));
        EntityRecord lines =
                house.engine().stores().entities().find("erp.lines").orElseThrow();
        house.engine().stores().locks().acquire(lines.uid(), "0190163d-8694-739b-aea5-966c26f8ad90");
        kin.order(9);
        assertThat(kin.sync("orders"))
                .extracting(Outcome::entity, Outcome::status)
                .isEqualTo(List.of(tuple("erp.orders", "completed")));
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

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
