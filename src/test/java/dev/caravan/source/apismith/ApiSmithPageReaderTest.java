package dev.caravan.source.apismith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiSmithPageReaderTest {
    private static final Columns COLUMNS = new Columns(
            List.of(
                    new Column("ID", "", ColumnType.text(9), false, true),
                    new Column("VALUE", "", ColumnType.text(0), true, false)),
            List.of("ID"));
    private final ApiSmithPageReader reader = new ApiSmithPageReader("items", COLUMNS);

    private ApiSmithPage read(String json) {
        return reader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String row(String id, String value) {
        return "{\"oracle_keys\":{\"ID\":\"" + id + "\"},\"row_version\":\"v" + id + "\",\"data\":{\"ID\":\"" + id
                + "\",\"VALUE\":" + value + "}}";
    }

    private static String page(String... rows) {
        return "{\"rows\":[" + String.join(",", rows) + "]}";
    }

    private @Nullable Object value(String json) {
        return read(page(row("1", json))).rows().get(0).raw()[1];
    }

    @Test
    void readsARowWithItsVersion() {
        ApiSmithPage page = read(page(row("1", "\"a\""), row("2", "null")));
        assertThat(page.rows()).hasSize(2);
        assertThat(page.rows().get(0).raw()).containsExactly("1", "a");
        assertThat(page.rows().get(1).raw()).containsExactly("2", null);
        assertThat(page.rows().get(0).rowVersion()).isEqualTo("v1");
        assertThat(page.highest()).isEqualTo("v2");
        assertThat(page.versioned()).isTrue();
        assertThat(page.total()).isEqualTo(-1);
        assertThat(page.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-7, -7",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void readsWholeNumbersOf64BitsAsLong(String json, long expected) {
        assertThat(value(json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "12345678901234567890123456789012345678",
                "0.1",
                "123456789.1234567890",
                "12345678901234567.89",
                "1e400",
                "1.5E-7",
                "1.0"
            })
    void readsOtherNumbersWithAllTheirDigits(String json) {
        assertThat(value(json)).isEqualTo(new BigDecimal(json));
    }

    @Test
    void handsOnNumbersBeyondAllBoundsAsText() {
        assertThat(value("1e99999999999")).isEqualTo("1e99999999999");
        assertThat(value("9".repeat(2001))).isEqualTo("9".repeat(2001));
    }

    @Test
    void readsTheOtherKindsOfValues() {
        assertThat(value("true")).isEqualTo(true);
        assertThat(value("false")).isEqualTo(false);
        assertThat(value("\"\"")).isEqualTo("");
        assertThat(value("\"Zo\u00eb \\u0000 \ud83d\ude00\"")).isEqualTo("Zo\u00eb \u0000 \ud83d\ude00");
        assertThat(value("{\"a\":[1,null]}")).isEqualTo("{\"a\":[1,null]}");
        assertThat(value("[1.50,12345678901234567.89,1e99999999999]"))
                .isEqualTo("[1.50,12345678901234567.89,1e99999999999]");
    }

    @Test
    void findsFieldsWithoutRegardToCaseAndOrder() {
        ApiSmithPage page = read("{\"rows\":[{\"data\":{\"value\":\"x\",\"Id\":\"7\"}}]}");
        assertThat(page.rows().get(0).raw()).containsExactly("7", "x");
        assertThat(page.versioned()).isFalse();
        assertThat(page.highest()).isNull();
    }

    @Test
    void gathersFieldsThatNoColumnExplains() {
        ApiSmithPage page = read(
                "{\"rows\":[{\"data\":{\"NEW\":{\"a\":[1]},\"ID\":\"7\",\"OLD\":null}},{\"data\":{\"ID\":\"8\"}}]}");
        assertThat(page.rows().get(0).extra()).hasToString("{\"NEW\":{\"a\":[1]},\"OLD\":null}");
        assertThat(page.rows().get(1).extra()).isNull();
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        ApiSmithPage page = read("{\"page\":1,\"x\":{\"rows\":[1]},\"total\":41,\"has_more\":true,\"rows\":[]}");
        assertThat(page.total()).isEqualTo(41);
        assertThat(page.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"  \"", "null", "{}"})
    void aVersionThatSaysNothingIsNone(String version) {
        ApiSmithPage page = read("{\"rows\":[{\"row_version\":" + version + ",\"data\":{\"ID\":\"1\"}}]}");
        assertThat(page.versioned()).isFalse();
        assertThat(page.rows().get(0).rowVersion()).isNull();
    }

    @Test
    void aVersionMayBeANumber() {
        assertThat(read("{\"rows\":[{\"row_version\":20251208,\"data\":{\"ID\":\"1\"}}]}")
                        .highest())
                .isEqualTo("20251208");
    }

    @Test
    void aRecordWithoutDataIsRefusedAndTheOthersGoOn() {
        ApiSmithPage page = read("{\"rows\":[{\"row_version\":\"v9\"},{\"data\":[1]}," + row("1", "\"a\"") + "]}");
        assertThat(page.rows()).hasSize(1);
        assertThat(page.refused()).hasSize(2);
        assertThat(page.refused().get(0).letter().code()).isEqualTo("RECORD_MALFORMED");
        assertThat(page.size()).isEqualTo(3);
        assertThat(page.highest()).isEqualTo("v9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>502</html>",
                "{}",
                "{\"rows\":null}",
                "{\"rows\":[1]}",
                "{\"rows\":[]",
                "{\"rows\":[]}}",
                "{\"rows\":[]} {}",
                "{\"rows\":[{\"data\":{\"ID\":NaN}}]}"
            })
    void whatIsNotTheContractsAnswerIsAskedAgain(String json) {
        unreadable(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAnswerCutOffAnywhereIsAskedAgain() {
        byte[] whole = page(row("1", "\"a\""), row("2", "[1,{\"b\":2}]")).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            unreadable(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void anAnswerNestedBeyondReasonIsRefused() {
        unreadable(page(row("1", "[".repeat(1000) + "]".repeat(1000))).getBytes(StandardCharsets.UTF_8));
    }

    private void unreadable(byte[] body) {
        assertThatThrownBy(() -> reader.read(body)).isInstanceOfSatisfying(CaravanException.class, fault -> {
            assertThat(fault.kind()).isEqualTo(FaultKind.TRANSIENT);
            assertThat(fault.code()).isEqualTo("ANSWER_UNREADABLE");
            assertThat(fault).hasMessageStartingWith("items: ");
        });
    }

    @Test
    void tellsPagesApartByTheirBytesAndTheirKeys() {
        ApiSmithPage page = read(page(row("1", "\"a\""), row("2", "\"b\"")));
        ApiSmithPage same = read(page(row("1", "\"a\""), row("2", "\"b\"")));
        ApiSmithPage changed = read(page(row("1", "\"c\""), row("2", "\"d\"")));
        ApiSmithPage next = read(page(row("2", "\"b\""), row("3", "\"e\"")));
        assertThat(page.fingerprint()).isEqualTo(same.fingerprint()).isNotEqualTo(changed.fingerprint());
        assertThat(changed.repeats(page)).isTrue();
        assertThat(next.repeats(page)).isFalse();
        assertThat(next.beginsWithOneOf(page)).isTrue();
        assertThat(read(page(row("4", "1"))).beginsWithOneOf(page)).isFalse();
        assertThat(read(page()).beginsWithOneOf(page)).isFalse();
    }

    @Test
    void withoutAKeyTheWholeRowTellsPagesApart() {
        Columns keyless = new Columns(List.of(new Column("A", "", ColumnType.text(0), true, false)), List.of());
        ApiSmithPageReader plain = new ApiSmithPageReader("items", keyless);
        ApiSmithPage one = plain.read("{\"rows\":[{\"data\":{\"A\":1}}]}".getBytes(StandardCharsets.UTF_8));
        ApiSmithPage other = plain.read("{\"rows\":[{\"data\":{\"A\":2}}]}".getBytes(StandardCharsets.UTF_8));
        assertThat(one.keys()).isNotEqualTo(other.keys());
        assertThat(one.repeats(one)).isFalse();
        List<Row> rows = one.rows();
        assertThat(rows.get(0).raw()).containsExactly(1L);
    }
}
