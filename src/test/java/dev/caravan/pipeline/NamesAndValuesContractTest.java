package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.testing.HostileNames;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names and values that remote systems may send, by accident or to do harm, carried by a real sync. */
abstract class NamesAndValuesContractTest extends HouseContract {
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
    void hostileNamesOfColumnsBecomeSafeOnesAndKeepTheirValues() throws SQLException {
        List<SandboxColumn> columns = new ArrayList<>();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        List<String> values = new ArrayList<>();
        for (String name : HostileNames.distinct()) {
            if (StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
                SandboxColumn column = SandboxColumn.text(name, 40);
                columns.add(columns.isEmpty() ? column.key() : column);
                values.add("value " + columns.size());
                row.put(name, "value " + columns.size());
            }
        }
        publish(columns, List.of(row));
        expectStored(1);
        List<String> stored = house.firstRow("SELECT * FROM things");
        assertThat(stored.subList(0, values.size())).isEqualTo(values);
        for (String name : house.columnNames("SELECT * FROM things")) {
            assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        }
    }

    @Test
    void columnsThatDifferOnlyByCaseCannotBeToldApartAndAreRefusedByName() {
        publish(List.of(SandboxColumn.text("ID", 9).key(), SandboxColumn.text("id", 9)), List.of());
        assertThat(house.discover())
                .singleElement()
                .asString()
                .contains("erp.things: not synced")
                .contains("two of its columns are called id");
        assertThat(house.engine().entities()).isEmpty();
    }

    @Test
    void aScheduledRunDoesNotBeginWhileTheApiIsDescribedWrongly() throws SQLException {
        publish(List.of(SandboxColumn.text("ID", 9).key()), List.of(SandboxRow.values("ID", "A")));
        expectStored(1);
        SandboxApi right = house.sandbox.api("things");
        house.sandbox.publish(right.withDeltaStrategy("sideways"), List.of());
        house.discover();
        Outcome refused = house.syncDiscovered(false);
        assertThat(refused.code()).isEqualTo("DESCRIPTION_WRONG");
        assertThat(refused.message()).contains("erp.things: not synced", "sideways");
        house.sandbox.publish(right, List.of(SandboxRow.values("ID", "A")));
        assertThat(house.sync().status()).isEqualTo("completed");
    }

    @Test
    void aThousandColumnsArrive() throws SQLException {
        List<SandboxColumn> columns = new ArrayList<>();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            SandboxColumn column = SandboxColumn.text("C" + i, 10);
            columns.add(i == 0 ? column.key() : column);
            row.put("C" + i, "v" + i);
        }
        publish(columns, List.of(row));
        expectStored(1);
        assertThat(house.one("SELECT \"C999\" FROM things")).isEqualTo("v999");
    }

    @Test
    void tenMegabytesOfTextArriveWhole() throws SQLException {
        String text = "0123456789".repeat(1_000_000) + "€";
        publish(
                List.of(SandboxColumn.text("ID", 9).key(), SandboxColumn.of("BODY", "CLOB")),
                List.of(SandboxRow.values("ID", "1", "BODY", text)));
        expectStored(1);
        assertThat(house.one("SELECT \"BODY\" FROM things")).isEqualTo(text);
    }

    @Test
    void aLongPrefixAndALongNameMakeATableOfAtMost63Bytes() throws SQLException {
        house.with("caravan.connector.erp.table-prefix", "p".repeat(60) + "_");
        house.things(3, "hash");
        expectStored(3);
        String table =
                house.engine().stores().entities().find("things").orElseThrow().table();
        assertThat(table.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(table).startsWith("ppp");
        assertThat(house.one("SELECT count(*) FROM " + table)).isEqualTo("3");
    }

    @Test
    void keysOfAnyCharacterAreStoredLookedUpAndFoundGone() throws SQLException {
        List<String> keys = List.of(
                "a&b=c",
                "a+b",
                "a b",
                "100%",
                "%41",
                "#",
                "?",
                "/../",
                "ä 名前 😀",
                "' OR 1=1 --",
                "\"",
                "\\",
                "NULL",
                "Ⅷ");
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        keys.forEach(key -> rows.add(SandboxRow.values("ID", key, "NAME", "of " + key)));
        publish(List.of(SandboxColumn.text("ID", 20).key(), SandboxColumn.text("NAME", 40)), rows);
        expectStored(keys.size());
        for (String key : keys) {
            house.sandbox.table("things").delete(house.sandbox.table("things").positionOf(key));
            assertThat(house.sync().counts().deleted()).as(key).isEqualTo(1);
        }
    }

    @Test
    void keysThatDifferByCaseOnlyAreDifferentRows() throws SQLException {
        publish(
                List.of(SandboxColumn.text("ID", 20).key()),
                List.of(SandboxRow.values("ID", "a"), SandboxRow.values("ID", "A"), SandboxRow.values("ID", "á")));
        expectStored(3);
    }

    @Test
    void aRenamedColumnIsWidenedUnderItsNameInTheTable() throws SQLException {
        house.with("caravan.connector.erp.entity.things.map.AMOUNT", "worth");
        publish(
                List.of(SandboxColumn.text("ID", 9).key(), SandboxColumn.number("AMOUNT", 9, 0)),
                List.of(SandboxRow.values("ID", "1", "AMOUNT", 7)));
        expectStored(1);
        house.sandbox.table("things").retypeColumn(SandboxColumn.number("AMOUNT", 38, 10));
        house.sandbox.table("things").update(0, SandboxRow.values("AMOUNT", "123456789.1234567891"));
        assertThat(house.sync().counts().updated()).isEqualTo(1);
        assertThat(house.one("SELECT worth FROM things")).isEqualTo("123456789.1234567891");
    }

    @Test
    void anIntegerKeyIsWidenedWithItsIndexAndViews() throws SQLException {
        publish(
                List.of(SandboxColumn.number("ID", 9, 0).key(), SandboxColumn.text("NAME", 9)),
                List.of(SandboxRow.values("ID", 1, "NAME", "one")));
        expectStored(1);
        house.execute("CREATE INDEX mine ON things (\"NAME\")");
        house.sandbox
                .table("things")
                .retypeColumn(SandboxColumn.number("ID", 38, 10).key());
        house.sandbox.table("things").insert(SandboxRow.values("ID", "123456789.1234567891", "NAME", "long"));
        assertThat(house.sync().counts().inserted()).isEqualTo(1);
        assertThat(house.sync().counts().skipped()).isEqualTo(2);
        assertThat(house.one("SELECT \"ID\" FROM things WHERE \"NAME\" = 'long'"))
                .isEqualTo("123456789.1234567891");
        assertThatThrownBy(() -> house.execute("INSERT INTO things (\"ID\", _bridge_id, _bridge_deleted) SELECT \"ID\","
                        + " '00000000-0000-7000-8000-000000000000', _bridge_deleted FROM things"
                        + " WHERE \"NAME\" = 'long'"))
                .hasMessageContainingAll("ID");
    }

    @Test
    void whatWidensWhileAnEntityRestsIsWideWhenItWakes() throws SQLException {
        publish(
                List.of(SandboxColumn.text("ID", 9).key(), SandboxColumn.number("AMOUNT", 9, 0)),
                List.of(SandboxRow.values("ID", "1", "AMOUNT", 7)));
        expectStored(1);
        house.restart();
        house.with("caravan.connector.erp.entity.things.enabled", "false");
        house.sandbox.table("things").retypeColumn(SandboxColumn.number("AMOUNT", 38, 10));
        house.discover();
        house.restart();
        house.with("caravan.connector.erp.entity.things.enabled", "true");
        house.sandbox.table("things").update(0, SandboxRow.values("AMOUNT", "123456789.1234567891"));
        assertThat(house.sync().counts().updated()).isEqualTo(1);
        assertThat(house.one("SELECT \"AMOUNT\" FROM things")).isEqualTo("123456789.1234567891");
    }

    @Test
    void withoutLayersValuesAreStoredAsTheyCome() throws SQLException {
        house.with("caravan.connector.erp.entity.things.normalise", "none");
        publish(
                List.of(
                        SandboxColumn.text("ID", 9).key(),
                        SandboxColumn.number("N", 9, 2),
                        SandboxColumn.of("D", "DATE")),
                List.of(SandboxRow.values("ID", " a ", "N", "1,000", "D", "08.12.2025")));
        expectStored(1);
        assertThat(house.firstRow("SELECT \"ID\", \"N\", \"D\" FROM things"))
                .containsExactly(" a ", "1,000", "08.12.2025");
        assertThat(house.sync().counts().unchanged()).isTrue();
    }

    @Test
    void withoutTextsNumbersAndDatesTypesAreStillThere() throws SQLException {
        house.with("caravan.connector.erp.entity.things.normalise", "types");
        publish(
                List.of(
                        SandboxColumn.text("ID", 9).key(),
                        SandboxColumn.number("N", 9, 2),
                        SandboxColumn.of("D", "DATE")),
                List.of(
                        SandboxRow.values("ID", " a ", "N", "1000.5", "D", "2025-12-08"),
                        SandboxRow.values("ID", "b", "N", "1,000", "D", "2025-12-08"),
                        SandboxRow.values("ID", "c", "N", "1", "D", "08.12.2025")));
        assertThat(house.sync().counts().failed()).isEqualTo(2);
        assertThat(house.firstRow("SELECT \"ID\", \"D\" FROM things")).containsExactly(" a ", "2025-12-08");
        assertThat(house.rows("SELECT error_code FROM " + house.own("failed_records") + " ORDER BY reference"))
                .containsExactly(List.of("NUMBER_UNREADABLE"), List.of("DATE_UNREADABLE"));
    }
}
