package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One API of an APISmith that is described wrongly, beside one that is not. */
abstract class MisdescribedContractTest {
    private static final String WRONG = "erp.things: APISmith describes it wrongly: it asks for the unknown delta"
            + " strategy sideways; known are full, hash, rowversion and auto; correct the API in APISmith";

    @TempDir
    Path folder = Path.of("");

    private Workshop shop = new Workshop(Path.of(""), "");

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        shop.close();
        shop = new Workshop(folder, freshDatabase(folder));
        shop.publish("things", "full", 5).publish("others", "hash", 4);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void describe(String text, String other) {
        shop.sandbox
                .faults()
                .on("/api/v1/apis")
                .always(SandboxFault.altered("WRONG", (request, body) -> body.replace(text, other)));
    }

    private void describeWrongly() {
        describe("\"delta_strategy\":\"full\"", "\"delta_strategy\":\"sideways\"");
    }

    private String enabled() throws SQLException {
        return String.valueOf(shop.one(
                "SELECT count(*) FROM " + shop.own("entities") + " WHERE CAST(sync_enabled AS text) IN ('1', 'true')"));
    }

    @Test
    void itIsToldByEveryVerbAndTheOthersAreSynced() throws SQLException {
        describeWrongly();
        Said check = shop.run("check");
        assertThat(check.code()).as(check.out()).isEqualTo(2);
        assertThat(check.out()).contains("good, 1 API", "erp.others: new", "erp.things: not synced.");
        assertThat(check.err()).contains(WRONG);

        Said discover = shop.run("discover");
        assertThat(discover.code()).isEqualTo(2);
        assertThat(discover.out()).contains("erp.others");
        assertThat(discover.err()).contains(WRONG);
        assertThat(shop.run("discover", "--json").out()).contains("\"erp.things\"", "DESCRIPTION_WRONG");

        Said sync = shop.run("sync");
        assertThat(sync.code()).as(sync.err()).isEqualTo(2);
        assertThat(sync.out()).contains("erp.things", "misconfigured", "4 inserted");
        assertThat(sync.err()).contains(WRONG);
        assertThat(shop.one("SELECT count(*) FROM others")).isEqualTo("4");
        assertThat(shop.run("status").out()).contains("alert: " + WRONG);

        shop.sandbox.faults().clear();
        assertThat(shop.run("sync").code()).isZero();
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("5");
        assertThat(shop.run("status").out()).doesNotContain("alert:");
    }

    @Test
    void itKeepsItsTableAndRowsAndIsNotSyncedUntilItIsDescribedRightly() throws SQLException {
        assertThat(shop.run("sync").code()).isZero();
        describeWrongly();
        shop.sandbox.table("things").insert(SandboxRow.values("ID", "T-99", "NAME", "New", "AMOUNT", "1"));
        shop.sandbox.table("others").delete(0);
        shop.sandbox.forgetRequests();
        Said check = shop.run("check");
        assertThat(check.code()).isEqualTo(2);
        assertThat(check.out()).contains("left out: APISmith describes it wrongly");
        Said sync = shop.run("sync");
        assertThat(sync.code()).as(sync.err()).isEqualTo(2);
        assertThat(sync.out()).contains("1 deleted");
        assertThat(shop.run("sync", "things").err()).contains(WRONG);
        assertThat(shop.sandbox.requests())
                .noneMatch(target -> target.startsWith("/api/v1/data/things"))
                .anyMatch(target -> target.startsWith("/api/v1/data/others"));
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("5");
        assertThat(enabled()).isEqualTo("2");

        shop.sandbox.faults().clear();
        assertThat(shop.run("sync").code()).isZero();
        assertThat(shop.one("SELECT count(*) FROM things")).isEqualTo("6");
    }

    @Test
    void anApiThatIsNotWantedIsNobodysTrouble() {
        shop.with("caravan.connector.erp.entities", "others");
        describeWrongly();
        Said sync = shop.run("sync");
        assertThat(sync.code()).as(sync.err()).isZero();
        assertThat(shop.run("status").out()).doesNotContain("alert:");
    }

    @Test
    void whileAnApiHasNoSlugNoneIsTakenForGone() throws SQLException {
        assertThat(shop.run("sync").code()).isZero();
        describe("\"slug\":\"things\"", "\"slug\":\"\"");
        Said sync = shop.run("sync");
        assertThat(sync.code()).as(sync.err()).isEqualTo(2);
        assertThat(sync.err()).contains("APISmith lists 1 API without a slug");
        assertThat(enabled()).isEqualTo("2");
    }
}
