package dev.caravan.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0|0",
                "-0|0",
                "10,000|10000",
                "1,234,567.89|1234567.89",
                "-1,000|-1000",
                "1 000|1000",
                "1 234 567|1234567",
                "1\u00a0000|1000",
                "(100)|-100",
                "(1,000.50)|-1000.50",
                "($5)|-5",
                "$ 5|5",
                "$5|5",
                "-$5|-5",
                "$-5|-5",
                "5 \u20ac|5",
                "\u00a312.50|12.50",
                "+7|7",
                ".5|0.5",
                "5.|5",
                "1e3|1E+3",
                "1.5E-3|0.0015",
                "12345678901234567890.123456789|12345678901234567890.123456789",
                "1e1001|1E+1001",
            })
    void readsNumbersAsPeopleAndErpsWriteThem(String text, String expected) {
        assertThat(Numbers.parse(text)).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "$",
                "()",
                "(-5)",
                "(+5)",
                "(5",
                "5)",
                "abc",
                "NaN",
                "Infinity",
                "-Infinity",
                "0x10",
                "1_000",
                "--5",
                "1.2.3",
                "1,00",
                "1,0000",
                ",100",
                "100,",
                "1,,000",
                "01,000",
                "1234,567",
                "1,000 000",
                "1.000,000",
                "1.5,000",
                "1 00",
                "5$5",
                "1e1002",
                "1e-1002",
                "1e999999999999",
                "1e"
            })
    void refusesWhatIsNoNumberOrNoneThatADatabaseHolds(String text) {
        assertThat(Numbers.parse(text)).isNull();
    }

    @Test
    void readsTwoThousandCharactersAndNoMore() {
        assertThat(Numbers.parse("7".repeat(2000))).isNotNull();
        assertThat(Numbers.parse("7".repeat(2001))).isNull();
    }
}
