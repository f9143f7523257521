package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that are written as a stream, with whatever they hold, on each database. */
abstract class ManyRowsContractTest extends HouseContract {
    private void publish(List<SandboxColumn> columns, List<Map<String, @Nullable Object>> rows) {
        house.sandbox.publish(SandboxApi.of("things", "hash", columns.toArray(new SandboxColumn[0])), rows);
    }

    private void expectStored(int rows) throws SQLException {
        Outcome first = house.sync();
        assertThat(first.status()).as("%s", first.message()).isEqualTo("completed");
        assertThat(first.counts().inserted()).isEqualTo(rows);
        Outcome second = house.sync();
        assertThat(second.counts().skipped()).isEqualTo(rows);
        assertThat(second.counts().unchanged()).isTrue();
    }

    @Test
    void anUnknownFieldInARefusedBatchIsKeptOnceTheBatchIsStoredRowByRow() throws SQLException {
        house.with("caravan.connector.erp.entity.things.map.ID", "ID | uppercase");
        publish(
                List.of(SandboxColumn.text("ID", 9).key(), SandboxColumn.text("NAME", 40)),
                List.of(SandboxRow.values("ID", "A", "NAME", "first")));
        expectStored(1);
        house.sandbox.table("things").insert(SandboxRow.values("ID", "B", "NAME", "good", "SURPRISE", "kept"));
        house.sandbox.table("things").insert(SandboxRow.values("ID", "a", "NAME", "twin"));
        Outcome outcome = house.sync();
        assertThat(outcome.status()).as("%s", outcome.message()).isEqualTo("completed");
        assertThat(outcome.counts().inserted()).isEqualTo(1);
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(house.one("SELECT _bridge_extra FROM things WHERE \"ID\" = 'B'"))
                .isEqualTo("{\"SURPRISE\":\"kept\"}");
        assertThat(house.one("SELECT error_code FROM " + house.own("failed_records")))
                .isEqualTo("DATABASE_CONSTRAINT");
    }

    private static final List<String> ODD = List.of(
            "\\N",
            "\\.",
            "a\tb",
            "a\nb",
            "back\\slash\\",
            "\"quoted\"",
            "'",
            "NULL",
            "{}",
            "😀",
            "%s",
            "\\x00",
            "a,b;c");

    @Test
    void manyRowsWrittenAtOnceArriveAsTheyAre() throws SQLException {
        house.with("caravan.connector.erp.page-size", "1000");
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            rows.add(SandboxRow.values(
                    "ID", "K" + i, "NAME", ODD.get(i % ODD.size()), "AMOUNT", i % 7 == 0 ? null : i + ".5"));
        }
        publish(
                List.of(
                        SandboxColumn.text("ID", 9).key(),
                        SandboxColumn.text("NAME", 40),
                        SandboxColumn.number("AMOUNT", 12, 2)),
                rows);
        expectStored(700);
        expectOdd("");
        for (int i = 0; i < 700; i++) {
            house.sandbox.table("things").update(i, SandboxRow.values("NAME", ODD.get(i % ODD.size()) + "!"));
        }
        assertThat(house.sync().counts().updated()).isEqualTo(700);
        expectOdd("!");
        assertThat(house.one("SELECT count(*) FROM things WHERE \"AMOUNT\" IS NULL"))
                .isEqualTo("100");
    }

    private void expectOdd(String end) throws SQLException {
        for (int i = 0; i < ODD.size(); i++) {
            assertThat(house.one("SELECT \"NAME\" FROM things WHERE \"ID\" = 'K" + i + "'"))
                    .isEqualTo(ODD.get(i) + end);
        }
    }

    @Test
    void aBadRowAmongManyIsAloneInTheDeadLetters() throws SQLException {
        house.with("caravan.connector.erp.page-size", "1000");
        house.with("caravan.connector.erp.entity.things.map.ID", "ID | uppercase");
        publish(
                List.of(SandboxColumn.text("ID", 9).key(), SandboxColumn.text("NAME", 40)),
                List.of(SandboxRow.values("ID", "K1", "NAME", "first")));
        expectStored(1);
        for (int i = 2; i <= 600; i++) {
            house.sandbox.table("things").insert(SandboxRow.values("ID", "K" + i, "NAME", "good"));
        }
        house.sandbox.table("things").insert(SandboxRow.values("ID", "k1", "NAME", "twin"));
        Outcome outcome = house.sync();
        assertThat(outcome.status()).as("%s", outcome.message()).isEqualTo("completed");
        assertThat(outcome.counts().inserted()).isEqualTo(599);
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(house.one("SELECT count(*) FROM things")).isEqualTo("600");
    }
}
