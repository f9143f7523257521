package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that go to ScheduleHub instead of a table: it ends up with what the source has, each record once. */
abstract class ScheduleHubContractTest extends HubContract {
    private long sent(String method) {
        return hub.log().entries().stream()
                .filter(entry -> entry.method().equals(method) && entry.path().equals(BATCH))
                .count();
    }

    @Test
    void insertsUpdatesAndDeletesArriveAndWhatDidNotChangeIsNotSent() throws SQLException {
        house.things(25, "hash");
        Outcome first = house.sync();
        assertThat(first.message()).isNull();
        assertThat(first.counts().inserted()).isEqualTo(25);
        expectEqual();
        assertThat(hub.records("things").get(0))
                .containsEntry("source_system", "erp")
                .containsKeys("bk_hash", "data_hash", "rowversion");

        SandboxTable things = house.sandbox.table("things");
        things.update(3, SandboxRow.values("NAME", "Renamed"));
        things.delete(10);
        things.insert(House.thing(99));
        Outcome second = house.sync();
        assertThat(second.counts().inserted()).isEqualTo(1);
        assertThat(second.counts().updated()).isEqualTo(1);
        assertThat(second.counts().deleted()).isEqualTo(1);
        assertThat(second.counts().skipped()).isEqualTo(23);
        expectEqual();

        hub.log().clear();
        assertThat(house.sync().counts().unchanged()).isTrue();
        assertThat(sent("POST") + sent("PUT") + sent("DELETE")).isZero();
    }

    @Test
    void aRefusedRecordIsADeadLetterWithTheWordsOfScheduleHubAndTheOthersAreStoredOnce() throws SQLException {
        house.things(20, "hash");
        hub.refuse("things", record -> "T-9".equals(record.get("ID")), "Resource T-9 is locked by a planner");
        Outcome outcome = house.sync();
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(outcome.counts().inserted()).isEqualTo(19);
        assertThat(house.firstRow(
                        "SELECT stage, error_code, error_message, reference FROM " + house.own("failed_records")))
                .containsExactly(
                        "INGEST",
                        "TARGET_REFUSED",
                        "ScheduleHub refused the record: Resource T-9 is locked by a planner",
                        "things[ID=T-9]");
        assertThat(held()).hasSize(19);

        hub.refuseNothing("things");
        Outcome next = house.sync();
        assertThat(next.counts().inserted()).isEqualTo(1);
        assertThat(next.counts().skipped()).isEqualTo(19);
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("0");
        expectEqual();
    }

    @Test
    void aRetriedRecordIsSentOnceScheduleHubTakesIt() throws SQLException {
        house.things(20, "hash");
        hub.refuse("things", record -> "T-9".equals(record.get("ID")), "Resource T-9 is locked by a planner");
        house.sync();
        hub.refuse("things", record -> "T-9".equals(record.get("ID")), "never mind");
        assertThat(house.retry().counts().failed()).isEqualTo(1);
        hub.refuseNothing("things");
        Outcome retried = house.retry();
        assertThat(retried.counts().inserted()).isEqualTo(1);
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("0");
        expectEqual();
        assertThat(house.sync().counts().unchanged()).isTrue();
    }

    @Test
    void aBatchThatIsRefusedAsAWholeIsSentRecordByRecord() throws SQLException {
        house.with("caravan.connector.hub.page-size", "50").things(10, "hash");
        hub.faults().on(BATCH).byNumber(number -> number == 2 ? SandboxFault.status(413) : null);
        Outcome outcome = house.sync();
        assertThat(outcome.counts().inserted()).isEqualTo(10);
        assertThat(sent("POST")).isEqualTo(11);
        expectEqual();
    }

    @Test
    void aDeltaAsksAboveTheCursorWhichMovesOnlyOnceScheduleHubHasAllRows() throws SQLException {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        house.with("caravan.connector.hub.retry-time-budget", "1s")
                .with("caravan.connector.erp.retry-time-budget", "1s");
        house.sandbox.setClock(Clock.fixed(noon, ZoneOffset.UTC));
        house.things(25, "rowversion");
        SandboxTable things = house.sandbox.table("things");
        house.sandbox.setClock(Clock.fixed(noon.plusSeconds(5), ZoneOffset.UTC));
        things.update(0, SandboxRow.values("NAME", "Later"));
        hub.faults().always(SandboxFault.status(503));
        assertThat(house.sync().status()).isEqualTo("failed");
        assertThat(house.one("SELECT cursor_value FROM " + house.own("sync_cursors")))
                .isNull();
        expectCountsToAddUp();

        hub.faults().clear();
        assertThat(house.sync().counts().inserted()).isEqualTo(25);
        assertThat(house.one("SELECT cursor_value FROM " + house.own("sync_cursors")))
                .isEqualTo("20260101120005");
        things.update(1, SandboxRow.values("NAME", "In the same second"));
        house.sandbox.forgetRequests();
        Outcome delta = house.sync();
        assertThat(delta.counts().updated()).isEqualTo(1);
        assertThat(delta.counts().fetched()).isEqualTo(2);
        assertThat(house.sandbox.requests()).anyMatch(request -> request.contains("rowversion_gt=20260101120000"));
        expectEqual();
    }

    @Test
    void aFieldThatEveryRecordHasBesidesIsRefusedBeforeAnythingIsSent() {
        house.with("caravan.connector.erp.entity.things.map.NAME", "uid").things(3, "hash");
        Outcome outcome = house.sync();
        assertThat(outcome.code()).isEqualTo("FIELD_RESERVED");
        assertThat(hub.records("things")).isEqualTo(List.of());
    }

    @Test
    void aRowOfATableWaitsForAParentAtScheduleHubAndTheReverse() throws SQLException {
        Kinsfolk kin = new Kinsfolk(house).publish("hash");
        house.with("caravan.connector.erp.entity.lines.target", "hub");
        kin.line(1, 1);
        kin.note("N", 1, 1);
        kin.sync("orders", "lines", "notes");
        assertThat(kin.waiting()).isEqualTo("lines[ORDER_NO=1,LINE_NO=1] notes[NOTE_ID=N]");
        kin.order(1);
        kin.sync("orders", "lines");
        assertThat(hub.records("lines")).hasSize(1);
        assertThat(kin.stored("notes", "NOTE_ID")).isEqualTo("N");
        assertThat(kin.waiting()).isEmpty();
        kin.expectCountsToAddUp();
    }

    @Test
    void aDeletionThatScheduleHubRefusesIsADeadLetterUntilItIsDone() throws SQLException {
        house.things(10, "hash");
        house.sync();
        hub.refuse("things", record -> "T-4".equals(record.get("ID")), "Resource T-4 is planned");
        house.sandbox.table("things").delete(3);
        house.sandbox.table("things").delete(6);
        assertThat(house.sync().counts().deleted()).isEqualTo(1);
        assertThat(house.firstRow(
                        "SELECT stage, error_code, error_message, reference FROM " + house.own("failed_records")))
                .containsExactly(
                        "INGEST",
                        "DELETE_REFUSED",
                        "ScheduleHub refused to delete the record: Resource T-4 is planned",
                        "things[ID=T-4]");
        house.retry();
        assertThat(house.one("SELECT retry_count FROM " + house.own("failed_records")))
                .isEqualTo("1");
        assertThat(held()).hasSize(9);
        hub.refuseNothing("things");
        assertThat(house.retry().counts().deleted()).isEqualTo(1);
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("0");
        expectEqual();
    }
}
