package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.source.Body;
import dev.caravan.testing.TestData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataversePageReaderTest {
    private static Columns columns(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            boolean target = name.endsWith("_type");
            boolean json = name.startsWith("is");
            ColumnType type = json ? ColumnType.of(ColumnType.Kind.JSON) : ColumnType.text(0);
            columns.add(new Column(name, target ? "lookuplogicalname" : "", type, true, columns.isEmpty()));
        }
        return new Columns(columns, List.of(names[0]));
    }

    private static DataversePage read(Columns columns, String json) {
        return new DataversePageReader("things", columns).read(json.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void keepsEachRecordByteForByteAndEveryDigit() {
        String first =
                "{ \"@odata.etag\":\"W/\\\"7\\\"\",\"thingid\":\"a\",\n \"money\":5000000.0000000000 , \"name\":\"\u00e9\\u00e9 😀\"}";
        String second = "{\"thingid\":\"b\",\"money\":1234567890123456789012345678901234567890.123456789,"
                + "\"isx\":{\"Value\":true, \"a\":[1,2]},\"unknown\":{\"a\":{}}}";
        DataversePage page = read(
                columns("thingid", "money", "name", "isx"),
                "{\"@odata.context\":\"x\",\"value\":[" + first + ",\n" + second + "]}");

        assertThat(page.rows()).hasSize(2);
        assertThat(page.rows().get(0).extra()).hasToString(first);
        assertThat(page.rows().get(0).raw()).containsExactly("a", new BigDecimal("5000000.0000000000"), "éé 😀", null);
        assertThat(page.rows().get(1).extra()).hasToString(second);
        assertThat(page.rows().get(1).raw())
                .contains(
                        new BigDecimal("1234567890123456789012345678901234567890.123456789"),
                        "{\"Value\":true, \"a\":[1,2]}");
        assertThat(page.nextLink()).isNull();
    }

    @Test
    void readsAnAnswerWithAByteOrderMark() {
        DataversePage page = read(columns("thingid"), "\ufeff{\"value\":[{\"thingid\":\"é\"}]}");

        assertThat(page.rows().get(0).extra()).hasToString("{\"thingid\":\"é\"}");
    }

    @Test
    void readsARealPageAndItsLinkAsWritten() throws IOException {
        byte[] body;
        try (var in = TestData.open("dataverse-json/amp-labs-connectors/contacts-read.json")) {
            body = in.readAllBytes();
        }
        DataversePage page =
                new DataversePageReader("contacts", columns("contactid", "fullname", "fax")).read(body, false);

        assertThat(page.rows()).hasSize(2);
        assertThat(page.rows().get(0).raw())
                .containsExactly("cdcfa450-cb0c-ea11-a813-000d3a1b1223", "Heriberto Nathan", "614-555-0122");
        String text = new String(body, StandardCharsets.UTF_8);
        assertThat(text).contains("\"@odata.nextLink\": \"" + page.nextLink() + "\"");
        assertThat(text).contains(String.valueOf(page.rows().get(1).extra()));
    }

    @Test
    void readsRealChangesWithADeletion() throws IOException {
        try (var in = TestData.open("dataverse-json/microsoft-docs/delta-2-changes-with-deleted.json")) {
            DataversePage page =
                    new DataversePageReader("accounts", columns("accountid", "name")).read(in.readAllBytes(), true);

            assertThat(page.rows()).hasSize(1);
            assertThat(page.gone()).containsExactly("2e451703-c686-e711-80e5-00155db19e6d");
            assertThat(page.deltaLink()).contains("$deltatoken=919058%2108%2f22%2f2017%2008%3a21%3a20");
        }
    }

    @Test
    void keepsBesideALookupWhichTableItLeadsTo() throws IOException {
        try (var in = TestData.open("dataverse-json/microsoft-docs/lookup-annotations-polymorphic-owner.json")) {
            DataversePage page = new DataversePageReader(
                            "accounts", columns("accountid", "_ownerid_value", "_ownerid_type"))
                    .read(in.readAllBytes(), false);

            assertThat(page.rows().get(0).raw()).endsWith("39e0dbe4-131b-e111-ba7e-78e7d1620f5e", "team");
            assertThat(page.rows().get(1).raw()).endsWith("4026be43-6b69-e111-8f65-78e7d1620f5e", "systemuser");
        }
    }

    @Test
    void takesAnAnswerWithoutRowsForNoChanges() {
        DataversePage page =
                new DataversePageReader("things", columns("thingid")).read("{}".getBytes(StandardCharsets.UTF_8), true);

        assertThat(page.size()).isZero();
        assertThat(page.deltaLink()).isNull();
    }

    @Test
    void remembersTheHighestVersionAndTheLatestChangeWhereThereIsOne() {
        DataversePage page = read(
                columns("thingid", "versionnumber", "modifiedon"),
                "{\"value\":[{\"thingid\":\"a\",\"versionnumber\":9,\"modifiedon\":\"2024-01-02T00:00:00Z\"},"
                        + "{\"thingid\":\"b\",\"versionnumber\":11,\"modifiedon\":null},"
                        + "{\"thingid\":\"c\",\"versionnumber\":10,\"modifiedon\":\"2024-01-01T00:00:00Z\"}]}");

        assertThat(page.highestVersion()).isEqualTo(11);
        assertThat(page.latestChange()).isEqualTo("2024-01-02T00:00:00Z");
    }

    @Test
    void setsARecordWithoutKeyAside() {
        DataversePage page = read(columns("thingid"), "{\"value\":[{\"name\":\"x\"},{\"thingid\":\"a\"}]}");

        assertThat(page.rows()).hasSize(1);
        assertThat(page.refused().get(0).letter().code()).isEqualTo("KEY_MISSING");
        assertThat(page.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"value\":[{\"thingid\":\"a\"}",
                "{\"value\":[]",
                "{\"value\":[1]}",
                "<html/>",
                "{\"value\":[]}{",
                "{\"value\":{}}"
            })
    void asksAgainForWhatIsNoAnswer(String body) {
        assertThatThrownBy(() -> read(columns("thingid"), body)).hasMessageContaining("cannot be read");
    }

    @Test
    void refusesToFollowObjectsInObjectsWithoutEnd() {
        assertThatThrownBy(() -> read(columns("thingid"), "{\"value\":[{\"x\":" + "[".repeat(5000)))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void nothingOfTheMemoryThatAnAnswerCameInIsHeld() {
        byte[] answer = "{\"value\":[{\"thingid\":\"a\",\"name\":\"x\"}]}".getBytes(StandardCharsets.UTF_8);
        byte[] memory = Arrays.copyOf(answer, answer.length + 100);
        Arrays.fill(memory, answer.length, memory.length, (byte) ']');
        DataversePage page = new DataversePageReader("things", columns("thingid", "name"))
                .read(new Body(memory, answer.length), false);
        Arrays.fill(memory, (byte) '?');
        assertThat(page.rows()).hasSize(1);
        assertThat(page.rows().get(0).extra()).hasToString("{\"thingid\":\"a\",\"name\":\"x\"}");
    }
}
