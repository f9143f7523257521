package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type with the values at its edges, carried by a real sync and read back by plain JDBC. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ValuesContractTest {
    /** Type, value as sent, value as both databases give it back as text (null for NULL), what the row is refused for. */
    static final List<Arguments> TAKEN = List.of(
            Arguments.of("VARCHAR2", "O'Brien \"😀\" 名前", "O'Brien \"😀\" 名前"),
            Arguments.of("VARCHAR2", "a\0b\u0007c", "abc"),
            Arguments.of("VARCHAR2", "  two   blanks\r\n ", "two blanks"),
            Arguments.of("VARCHAR2", "   ", null),
            Arguments.of("VARCHAR2", "007", "007"),
            Arguments.of("VARCHAR2", 7L, "7"),
            Arguments.of("VARCHAR2", null, null),
            Arguments.of("NVARCHAR2", "e\u0301", "e\u0301"),
            Arguments.of("CHAR", "x", "x"),
            Arguments.of("CLOB", "line\nline\ttab", "line\nline\ttab"),
            Arguments.of("MYSTERY", "text", "text"),
            Arguments.of("NUMBER(18,0)", "999999999999999999", "999999999999999999"),
            Arguments.of("NUMBER(18,0)", "-999999999999999999", "-999999999999999999"),
            Arguments.of("NUMBER(9,0)", "10,000", "10000"),
            Arguments.of("NUMBER(9,0)", "(100)", "-100"),
            Arguments.of("NUMBER(9,0)", null, null),
            Arguments.of("NUMBER", "9223372036854775808", "9223372036854775808"),
            Arguments.of("NUMBER", new BigDecimal("-9223372036854775809"), "-9223372036854775809"),
            Arguments.of("NUMBER", "1e400", "1" + "0".repeat(400)),
            Arguments.of("NUMBER", "1e-400", "0." + "0".repeat(399) + "1"),
            Arguments.of("NUMBER", new BigDecimal("123456789.1234567891"), "123456789.1234567891"),
            Arguments.of("NUMBER", "$ 5", "5"),
            Arguments.of("INTEGER", "12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
            Arguments.of("FLOAT", "0.1", "0.1"),
            Arguments.of("BINARY_DOUBLE", "0.1", "0.1"),
            Arguments.of("BINARY_DOUBLE", "-2.5e300", "-2.5e300"),
            Arguments.of("DATE", "0001-01-01", "0001-01-01"),
            Arguments.of("DATE", "9999-12-31", "9999-12-31"),
            Arguments.of("DATE", "29.02.2024", "2024-02-29"),
            Arguments.of("DATE", null, null),
            Arguments.of("TIMESTAMP", "0001-01-01T00:00:00", "0001-01-01T00:00:00"),
            Arguments.of("TIMESTAMP", "9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999"),
            Arguments.of("TIMESTAMP", "20251208120000", "2025-12-08T12:00:00"),
            Arguments.of("TIMESTAMP WITH TIME ZONE", "2025-12-08T12:00:00+02:00", "2025-12-08T10:00:00"),
            Arguments.of("RAW", "00FF7f", "00ff7f"),
            Arguments.of("BLOB", "AP9/", "00ff7f"),
            Arguments.of("RAW", null, null),
            Arguments.of("BOOLEAN", true, "true"),
            Arguments.of("BOOLEAN", "N", "false"),
            Arguments.of("BOOLEAN", null, null));

    static final List<Arguments> REFUSED = List.of(
            Arguments.of("NUMBER(9,0)", "NaN", "NUMBER_UNREADABLE"),
            Arguments.of("NUMBER(9,0)", "1.5", "NUMBER_OUT_OF_RANGE"),
            Arguments.of("NUMBER(9,0)", "9223372036854775808", "NUMBER_OUT_OF_RANGE"),
            Arguments.of("NUMBER(9,0)", "1234567890", "NUMBER_TOO_LARGE"),
            Arguments.of("NUMBER(9,2)", "12345678.5", "NUMBER_TOO_LARGE"),
            Arguments.of("NUMBER", "1e99999", "NUMBER_UNREADABLE"),
            Arguments.of("BINARY_DOUBLE", "1e400", "NUMBER_OUT_OF_RANGE"),
            Arguments.of("BINARY_DOUBLE", "Infinity", "NUMBER_UNREADABLE"),
            Arguments.of("DATE", "0000-01-01", "DATE_UNREADABLE"),
            Arguments.of("DATE", "2025-02-30", "DATE_UNREADABLE"),
            Arguments.of("DATE", "2025-12-08T10:00:00", "DATE_HAS_TIME"),
            Arguments.of("TIMESTAMP", "0001-01-01T00:00:00+02:00", "TIME_UNREADABLE"),
            Arguments.of("BOOLEAN", "maybe", "BOOLEAN_UNREADABLE"),
            Arguments.of("RAW", "not binary!", "BINARY_UNREADABLE"));

    @TempDir
    Path folder = Path.of("");

    private House house = new House("", Path.of(""));

    abstract String freshDatabase(Path folder);

    /** An expression that gives a column's value as text, the same from every database. */
    abstract String asText(String type);

    @BeforeEach
    void open() {
        house.close();
        house = new House(freshDatabase(folder), folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Outcome carry(String declared, @Nullable Object value) {
        int open = declared.indexOf('(');
        SandboxColumn column = SandboxColumn.of("V", declared);
        if (open > 0) {
            String[] digits =
                    declared.substring(open + 1, declared.length() - 1).split(",", -1);
            column = SandboxColumn.number("V", Integer.parseInt(digits[0]), Integer.parseInt(digits[1]));
        }
        Map<String, @Nullable Object> row = SandboxRow.values("ID", "1", "V", value);
        house.sandbox.publish(
                SandboxApi.of("things", "hash", SandboxColumn.text("ID", 9).key(), column), List.of(row));
        return house.sync();
    }

    @ParameterizedTest(name = "{0} {1}")
    @FieldSource("TAKEN")
    void arrivesExactly(String type, @Nullable Object sent, @Nullable String kept) throws SQLException {
        Outcome outcome = carry(type, sent);
        assertThat(outcome.counts().inserted())
                .as("%s", house.one("SELECT error_message FROM " + house.own("failed_records")))
                .isEqualTo(1);
        assertThat(house.one("SELECT " + asText(type) + " FROM things")).isEqualTo(kept);
        assertThat(house.sync().counts().skipped()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @FieldSource("REFUSED")
    void isADeadLetterWhereItCannotBeHeld(String type, Object sent, String code) throws SQLException {
        assertThat(carry(type, sent).counts().failed()).isEqualTo(1);
        assertThat(house.one("SELECT error_code FROM " + house.own("failed_records")))
                .isEqualTo(code);
        assertThat(house.one("SELECT count(*) FROM things")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9, 10, 19, 24})
    void oneBadRowIsAloneWhereverItStandsInItsPage(int place) throws SQLException {
        house.things(25, "hash");
        house.sandbox.table("things").update(place, SandboxRow.values("AMOUNT", "not a number"));
        Outcome outcome = house.sync();
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(outcome.counts().inserted()).isEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9})
    void oneRowThatTheDatabaseRefusesIsAloneWhereverItStandsInItsPage(int place) throws SQLException {
        house.with("caravan.connector.erp.entity.things.map.ID", "ID | uppercase");
        house.things(1, "hash");
        house.sync();
        for (int i = 2; i <= 10; i++) {
            house.sandbox.table("things").insert(House.thing(i));
        }
        Map<String, @Nullable Object> twin = House.thing(1);
        twin.put("ID", "t-1");
        house.sandbox.table("things").insertAt(place, twin);
        Outcome outcome = house.sync();
        assertThat(outcome.status()).as("%s", outcome.message()).isEqualTo("completed");
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(outcome.counts().inserted()).isEqualTo(9);
        assertThat(house.one("SELECT stage FROM " + house.own("failed_records")))
                .isEqualTo("INGEST");
    }
}
