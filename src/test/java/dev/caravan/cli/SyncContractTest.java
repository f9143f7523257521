package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that run routes, as people call them: every option against a source that answers. */
abstract class SyncContractTest {
    @TempDir
    Path folder = Path.of("");

    private Workshop shop = new Workshop(Path.of(""), "");

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        shop.close();
        shop = new Workshop(folder, freshDatabase(folder));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Said sync(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "sync";
        System.arraycopy(words, 0, all, 1, words.length);
        return shop.run(all);
    }

    @Test
    void aDryRunTellsWhatWouldHappenAndWritesNothing() throws SQLException {
        shop.publish("things", "hash", 25);
        Said first = sync("--dry-run");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("Dry run, nothing is written. 1 entity: 25 rows fetched, 25 inserted");
        assertThat(shop.run("status").out()).contains("Nothing was synced into");

        sync();
        SandboxTable things = shop.sandbox.table("things");
        things.update(3, SandboxRow.values("NAME", "Renamed"));
        things.delete(10);
        things.insert(SandboxRow.values("ID", "T-99", "NAME", "New", "AMOUNT", "1"));
        String runs = shop.one("SELECT count(*) FROM " + shop.own("sync_runs"));
        Said again = sync("--dry-run");
        assertThat(again.out()).contains("25 rows fetched, 1 inserted, 1 updated, 1 deleted");
        assertThat(shop.one("SELECT count(*) FROM " + shop.own("sync_runs"))).isEqualTo(runs);
        assertThat(shop.one("SELECT count(*) FROM things WHERE \"NAME\" IN ('Renamed', 'New')"))
                .isEqualTo("0");
        assertThat(sync().out()).contains("25 rows fetched, 1 inserted, 1 updated, 1 deleted");
    }

    @Test
    void aLimitTakesNoMoreRowsAndConcludesNothing() throws SQLException {
        shop.publish("things", "rowversion", 35);
        assertThat(sync("--limit", "15").out()).contains("15 rows fetched, 15 inserted");
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("15");
        assertThat(shop.one("SELECT count(*) FROM " + shop.own("sync_cursors") + " WHERE cursor_value IS NOT NULL"))
                .isEqualTo("0");
        assertThat(shop.one("SELECT total_records_synced FROM " + shop.own("entities")))
                .isEqualTo("15");
        assertThat(sync().out()).contains("35 rows fetched, 20 inserted");
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("35");
        assertThat(shop.one("SELECT sum(records_skipped) FROM " + shop.own("sync_runs")))
                .isEqualTo("15");
        Said full = sync("--full", "--limit", "5");
        assertThat(full.out()).contains("5 rows fetched, no changes");
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("35");
    }

    @Test
    void sinceBeginsAboveARowVersionAndLeavesNoGapBehindTheCursor() throws SQLException {
        shop.publish("things", "rowversion", 10);
        SandboxTable things = shop.sandbox.table("things");
        for (int i = 0; i < 10; i++) {
            things.setVersion(i, "2025010100000" + i);
        }
        assertThat(sync("--since", "20250101000006").out()).contains("3 rows fetched, 3 inserted");
        assertThat(sync().out()).contains("10 rows fetched, 7 inserted");
        assertThat(shop.one("SELECT cursor_value FROM " + shop.own("sync_cursors")))
                .isEqualTo("20250101000009");
        assertThat(sync("--since", "20250101000004").out()).contains("5 rows fetched, no changes");
    }

    @Test
    void failedTakesOnlyWhatDidNotComplete() {
        shop.publish("things", "hash", 5).publish("others", "hash", 5);
        shop.sandbox.table("others").update(1, SandboxRow.values("NAME", "x"));
        sync("things");
        Said said = sync("--failed");
        assertThat(said.out()).contains("erp.others").doesNotContain("erp.things");
        assertThat(sync("--failed").out()).contains("Nothing is to be synced.");
        assertThat(sync("nothing").code()).isEqualTo(2);
        assertThat(sync("erp.o*").out()).contains("erp.others").doesNotContain("erp.things");
    }

    @Test
    void aTraceTellsTheWayOfOneRecord() {
        shop.publish("things", "hash", 12);
        assertThat(sync("--trace", "T-11").err())
                .contains("erp.things [T-11] FETCH: {\"ID\":\"T-11\"")
                .contains("erp.things [T-11] NORMALISE: ")
                .contains("erp.things [T-11] IDENTITY: key ")
                .contains("erp.things [T-11] DELTA: INSERT")
                .doesNotContain("[T-12]");
        assertThat(sync("--trace", "T-11").err()).contains("DELTA: SKIP");
        assertThat(sync("--trace", "T-98", "--json").out()).contains("no record with this key came");
        shop.sandbox.table("things").update(10, SandboxRow.values("AMOUNT", "a lot"));
        assertThat(sync("--trace", "T-11").err()).contains("NORMALISE: refused, ", "to the dead letters as ");
    }

    @Test
    void onlyNewDeadLettersAreAReasonForThree() {
        shop.publish("things", "hash", 5);
        shop.sandbox.table("things").update(1, SandboxRow.values("AMOUNT", "a lot"));
        assertThat(sync().code()).isEqualTo(3);
        assertThat(sync().code()).isZero();
        assertThat(shop.run("dead-letters", "list", "--stage", "normalise").out())
                .contains("things[ID=T-2]");
        assertThat(shop.run("dead-letters", "list", "--stage", "validate").out())
                .contains("There is no dead letter.");
    }

    @Test
    void deadLettersAreCorrectedRetriedAndDropped() throws SQLException {
        shop.publish("things", "hash", 5);
        shop.sandbox.table("things").update(1, SandboxRow.values("AMOUNT", "a lot"));
        shop.sandbox.table("things").update(2, SandboxRow.values("AMOUNT", "very little"));
        sync();
        String letter = String.valueOf(
                shop.one("SELECT uid FROM " + shop.own("failed_records") + " WHERE reference = 'things[ID=T-2]'"));
        assertThat(shop.run("dead-letters", "list", "--limit", "1").out())
                .contains("The newest 1 of 2; --limit shows more.");
        assertThat(shop.run("dead-letters", "list", "--limit", "2").out()).doesNotContain("The newest");
        assertThat(shop.run("dead-letters", "edit", letter, "--set", "nothing=1")
                        .err())
                .contains("The record has no field nothing; it has ID, ");
        assertThat(shop.run("dead-letters", "edit", letter, "--set", "amount=a lot")
                        .out())
                .contains("It is so already; nothing is changed.");
        assertThat(shop.run("dead-letters", "edit", letter, "--set", "amount=17.50")
                        .code())
                .isZero();
        assertThat(shop.run("dead-letters", "retry", "--entity", "things").out())
                .contains("Retried 2, resolved 1, still failed 1.");
        assertThat(shop.one("SELECT \"AMOUNT\" FROM things WHERE \"ID\" = 'T-2'"))
                .startsWith("17.5");
        assertThat(shop.run("dead-letters", "retry", letter).code()).isEqualTo(2);
        assertThat(shop.run("dead-letters", "drop").code()).isEqualTo(2);
        assertThat(shop.run("dead-letters", "drop", "--code", "number_unreadable")
                        .out())
                .contains("Dropped 1 dead letter.");
        assertThat(shop.run("dead-letters", "retry").out()).contains("There is no dead letter to retry.");
        assertThat(shop.one("SELECT count(*) FROM " + shop.own("audit_log") + " WHERE action LIKE 'dead-letters.%'"))
                .isEqualTo("2");
    }

    @Test
    void aSourceThatRefusesTheLoginIsFour() {
        shop.publish("things", "hash", 5);
        shop.sandbox.setFaults(number -> SandboxFault.status(401));
        assertThat(sync().code()).isEqualTo(4);
    }

    @Test
    void checkTellsRowsAndReasonsAndMakesNothing() {
        shop.publish("things", "hash", 25);
        Said said = shop.run("check");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("good, 1 API", "Database: ", "25", "hash", "the source says so")
                .contains("With the next sync: erp.things: new");
        assertThat(shop.run("status").out()).contains("Nothing was synced into");
        shop.sandbox.setFaults(number -> SandboxFault.status(401));
        assertThat(shop.run("check").code()).isEqualTo(4);
    }

    @Test
    void lockedColumnsStayUntilTheChangeIsApproved() throws SQLException {
        shop.with("caravan.connector.erp.on-schema-change", "lock").publish("things", "hash", 5);
        sync();
        shop.sandbox.table("things").addColumn(SandboxColumn.text("COLOUR", 10), "red");
        shop.sandbox.table("things").update(0, SandboxRow.values("NAME", "Changed"));
        Said locked = sync();
        assertThat(locked.code()).as(locked.out()).isZero();
        assertThat(locked.err()).contains("COLOUR added as text(10); the table stays as it is until that is approved");
        assertThat(shop.one("SELECT _bridge_extra FROM things WHERE \"ID\" = 'T-1'"))
                .contains("red");
        assertThat(shop.run("schema", "diff").out()).contains("info", "open", "COLOUR added");
        assertThat(sync().err()).doesNotContain("COLOUR");

        assertThat(shop.run("schema", "approve", "things").out()).contains("is approved; its next sync takes it up.");
        assertThat(sync().code()).isZero();
        assertThat(shop.one("SELECT \"COLOUR\" FROM things WHERE \"ID\" = 'T-1'"))
                .isEqualTo("red");
        assertThat(shop.run("schema", "diff").out()).contains("No schema change waits");
        assertThat(shop.run("schema", "show", "things").out()).contains("COLOUR");
        assertThat(shop.one("SELECT action FROM " + shop.own("audit_log"))).isEqualTo("schema.approve");
        assertThat(shop.run("schema", "history").out()).contains("approved  cli ");
    }

    @Test
    void aFrozenEntityStopsAtAnyChangeUntilItIsApproved() throws SQLException {
        shop.with("caravan.connector.erp.on-schema-change", "freeze").publish("things", "hash", 5);
        sync();
        shop.sandbox.table("things").addColumn(SandboxColumn.text("COLOUR", 10), "red");
        Said frozen = sync();
        assertThat(frozen.code()).isEqualTo(6);
        assertThat(frozen.out()).contains("schema stopped");
        assertThat(shop.run("schema", "refuse", "things").code()).isZero();
        assertThat(sync().code()).isEqualTo(6);
        assertThat(shop.run("schema", "approve", "things").code()).isZero();
        assertThat(sync().code()).isZero();
        assertThat(shop.one("SELECT \"COLOUR\" FROM things WHERE \"ID\" = 'T-1'"))
                .isEqualTo("red");
        assertThat(shop.run("schema", "approve", "things").code()).isEqualTo(2);
    }

    @Test
    void aChangeThatTheSourceTakesBackStopsNothing() {
        shop.with("caravan.connector.erp.on-schema-change", "freeze").publish("things", "hash", 5);
        sync();
        shop.sandbox.table("things").addColumn(SandboxColumn.text("COLOUR", 10), "red");
        assertThat(sync().code()).isEqualTo(6);
        shop.sandbox.table("things").removeColumn("COLOUR");
        assertThat(sync().code()).isZero();
        assertThat(shop.run("schema", "history").out()).contains("withdrawn");
    }

    @Test
    void anotherKeyStopsTheEntityAndItsApprovalMakesTheTableAnew() throws SQLException {
        shop.publish("things", "hash", 5);
        sync();
        shop.sandbox.table("things").changeKey("NAME");
        Said stopped = sync();
        assertThat(stopped.code()).isEqualTo(6);
        assertThat(stopped.err()).contains("the business key is now (NAME)");
        shop.run("schema", "approve", "things");
        Said anew = sync();
        assertThat(anew.code()).as(anew.err()).isZero();
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("5");
        assertThat(shop.one("SELECT count(*) FROM things_until_1")).isEqualTo("5");
        assertThat(sync().out()).contains("no changes");
    }
}
