package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds whatever the database: the target is what the source is, and the counts say how it came to be so. */
abstract class PipelineContractTest extends HouseContract {
    private void expectEqual() throws SQLException {
        assertThat(house.stored()).isEqualTo(house.source());
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs")
                        + " WHERE status = 'completed' AND records_fetched <> records_inserted + records_updated"
                        + " + records_skipped + records_failed + records_pending + records_repeated"))
                .isEqualTo("0");
    }

    @Test
    void firstSyncBringsEveryRowAndTheSecondChangesNothing() throws SQLException {
        house.things(35, "hash");
        Outcome first = house.sync();
        assertThat(first.status()).isEqualTo("completed");
        assertThat(first.counts().inserted()).isEqualTo(35);
        expectEqual();
        Outcome second = house.sync();
        assertThat(second.counts().unchanged()).isTrue();
        assertThat(second.counts().skipped()).isEqualTo(35);
        expectEqual();
    }

    @Test
    void anEmptyTableAndOneRowAndAFullLastPageAreFine() throws SQLException {
        house.things(0, "hash");
        assertThat(house.sync().status()).isEqualTo("completed");
        expectEqual();
        house.sandbox.table("things").insert(House.thing(1));
        assertThat(house.sync().counts().inserted()).isEqualTo(1);
        expectEqual();
        for (int i = 2; i <= 20; i++) {
            house.sandbox.table("things").insert(House.thing(i));
        }
        assertThat(house.sync().counts().inserted()).isEqualTo(19);
        expectEqual();
    }

    @Test
    void insertsUpdatesAndDeletesArriveAndADeletedRowKeepsItsValues() throws SQLException {
        house.things(25, "hash");
        house.sync();
        SandboxTable things = house.sandbox.table("things");
        things.update(3, SandboxRow.values("NAME", "Renamed"));
        things.delete(10);
        things.insert(House.thing(99));
        Outcome outcome = house.sync();
        assertThat(outcome.counts().inserted()).isEqualTo(1);
        assertThat(outcome.counts().updated()).isEqualTo(1);
        assertThat(outcome.counts().deleted()).isEqualTo(1);
        expectEqual();
        assertThat(house.one("SELECT \"NAME\" FROM things WHERE \"ID\" = 'T-11'"))
                .isEqualTo("Thing 11");
    }

    @Test
    void aRowThatComesBackIsRevivedUnderItsOldIdentity() throws SQLException {
        house.things(5, "hash");
        house.sync();
        String identity = house.one("SELECT _bridge_id FROM things WHERE \"ID\" = 'T-2'");
        house.sandbox.table("things").delete(1);
        house.sync();
        house.sandbox.table("things").insert(House.thing(2));
        house.sync();
        expectEqual();
        assertThat(house.one("SELECT _bridge_id FROM things WHERE \"ID\" = 'T-2'"))
                .isEqualTo(identity);
    }

    @Test
    void aDeltaAsksOnlyAboveTheCursorAndLosesNoTieWithinASecond() throws SQLException {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        house.sandbox.setClock(Clock.fixed(noon, ZoneOffset.UTC));
        house.things(25, "rowversion");
        SandboxTable things = house.sandbox.table("things");
        house.sandbox.setClock(Clock.fixed(noon.plusSeconds(5), ZoneOffset.UTC));
        things.update(0, SandboxRow.values("NAME", "Later"));
        house.sync();
        assertThat(house.one("SELECT cursor_value FROM " + house.own("sync_cursors")))
                .isEqualTo("20260101120005");
        things.update(1, SandboxRow.values("NAME", "In the same second"));
        house.sandbox.forgetRequests();
        Outcome outcome = house.sync();
        assertThat(outcome.counts().updated()).isEqualTo(1);
        assertThat(outcome.counts().fetched()).isEqualTo(2);
        assertThat(house.sandbox.requests()).anyMatch(request -> request.contains("rowversion_gt=20260101120000"));
        expectEqual();
    }

    @Test
    void oneBadRowIsAloneInTheDeadLettersAndGoesWhenItIsCorrected() throws SQLException {
        house.things(30, "hash");
        SandboxTable things = house.sandbox.table("things");
        things.update(12, SandboxRow.values("AMOUNT", "not a number"));
        Outcome outcome = house.sync();
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(outcome.counts().inserted()).isEqualTo(29);
        assertThat(house.one("SELECT stage FROM " + house.own("failed_records")))
                .isEqualTo("NORMALISE");
        assertThat(house.one("SELECT reference FROM " + house.own("failed_records")))
                .isEqualTo("things[ID=T-13]");
        house.sync();
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("1");
        things.update(12, SandboxRow.values("AMOUNT", "13.25"));
        house.sync();
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("0");
        expectEqual();
    }

    @Test
    void aDeadLetterIsNewOnceOnly() throws SQLException {
        house.things(10, "hash");
        house.sandbox.table("things").update(4, SandboxRow.values("AMOUNT", "not a number"));
        assertThat(house.sync().newDeadLetters()).isEqualTo(1);
        Outcome again = house.sync();
        assertThat(again.counts().failed()).isEqualTo(1);
        assertThat(again.newDeadLetters()).isZero();
        house.sandbox.table("things").update(5, SandboxRow.values("AMOUNT", "nor this"));
        assertThat(house.sync().newDeadLetters()).isEqualTo(1);
    }

    @Test
    void aStoredRowThatBecomesBadIsNotTakenForDeleted() throws SQLException {
        house.things(5, "hash");
        house.sync();
        house.sandbox.table("things").update(2, SandboxRow.values("BORN", "never"));
        Outcome outcome = house.sync();
        assertThat(outcome.counts().deleted()).isZero();
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(house.stored()).containsKey("T-3");
    }

    @Test
    void twoRowsWhoseKeysFallTogetherLeaveOneDeadLetter() throws SQLException {
        house.things(5, "hash");
        Map<String, @Nullable Object> twin = House.thing(3);
        twin.put("ID", "T-3 ");
        twin.put("NAME", "Twin");
        house.sandbox.table("things").insert(twin);
        Outcome outcome = house.sync();
        assertThat(house.stored()).hasSize(5);
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(house.one("SELECT error_code FROM " + house.own("failed_records")))
                .isEqualTo("DUPLICATE_KEY");
    }

    @Test
    void manyMissingRowsWaitForAPersonsWord() throws SQLException {
        house.things(100, "hash").with("caravan.max-delete-rows", "5");
        house.sync();
        for (int i = 0; i < 60; i++) {
            house.sandbox.table("things").delete(0);
        }
        Outcome held = house.sync();
        assertThat(held.status()).isEqualTo("held");
        assertThat(house.stored()).hasSize(100);
        String uid =
                house.engine().stores().entities().find("things").orElseThrow().uid();
        house.engine().stores().entities().approveDeletes(uid, true);
        Outcome approved = house.sync();
        assertThat(approved.counts().deleted()).isEqualTo(60);
        expectEqual();
    }

    @Test
    void aWordForADeletionDoesNotHoldForALaterOne() throws SQLException {
        house.things(100, "full");
        house.sync();
        String uid =
                house.engine().stores().entities().find("things").orElseThrow().uid();
        house.engine().stores().entities().approveDeletes(uid, true);
        house.sync();
        for (int i = 0; i < 100; i++) {
            house.sandbox.table("things").delete(0);
        }
        assertThat(house.sync().status()).isEqualTo("held");
        assertThat(house.stored()).hasSize(100);
    }

    @Test
    void deletionsAreFoundToo_WhereTheSourceDoesNotLookUpByKey() throws SQLException {
        house.things(30, "hash");
        house.sync();
        house.sandbox.setOptions(SandboxOptions.defaults().withKeyLookup(false));
        house.sandbox.table("things").delete(7);
        assertThat(house.sync().counts().deleted()).isEqualTo(1);
        expectEqual();
    }

    @Test
    void aNewColumnIsAddedAndAWiderOneIsAltered() throws SQLException {
        house.things(5, "hash");
        house.sync();
        SandboxTable things = house.sandbox.table("things");
        things.addColumn(SandboxColumn.text("COLOUR", 10), "red");
        things.retypeColumn(SandboxColumn.text("NAME", 400));
        assertThat(house.discover())
                .anyMatch(line -> line.contains("COLOUR added"))
                .anyMatch(line -> line.contains("NAME widened"));
        assertThat(house.discover()).isEmpty();
        house.sync();
        assertThat(house.one("SELECT count(*) FROM things WHERE \"COLOUR\" = 'red'"))
                .isEqualTo("5");
        expectEqual();
    }

    @Test
    void aChangedKeyStopsTheEntityAndAGoneApiIsDisabled() {
        house.things(5, "hash");
        house.sync();
        house.sandbox.table("things").changeKey("NAME");
        Outcome stopped = house.sync();
        assertThat(stopped.code()).isEqualTo("SCHEMA_STOPPED");
        house.sandbox.withdraw("things");
        assertThat(house.discover()).anyMatch(line -> line.contains("gone from the source"));
        assertThat(house.engine()
                        .stores()
                        .entities()
                        .find("things")
                        .orElseThrow()
                        .enabled())
                .isFalse();
    }

    @Test
    void fieldsThatNoColumnExplainsAreKept() throws SQLException {
        house.things(3, "hash");
        Map<String, @Nullable Object> odd = House.thing(4);
        odd.put("SURPRISE", "kept");
        house.sandbox.table("things").insert(odd);
        house.sync();
        assertThat(house.one("SELECT _bridge_extra FROM things WHERE \"ID\" = 'T-4'"))
                .isEqualTo("{\"SURPRISE\":\"kept\"}");
    }
}
