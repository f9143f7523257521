package dev.caravan.mapping;

import static dev.caravan.mapping.OneField.broken;
import static dev.caravan.mapping.OneField.map;
import static dev.caravan.mapping.OneField.mapper;
import static dev.caravan.mapping.OneField.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single functions of a mapping do with values, and with patterns that would run for ever. */
class MapperFunctionsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "to_date('dd.mm.yyyy'); 08.12.2025",
                "to_date('DDMMYYYY'); 08122025",
                "to_date(d-m-yy); 8-12-25",
                "to_date('DD-MON-YYYY'); 08-DEC-2025",
                "to_date('d. month yyyy'); 8. december 2025",
                "to_date; 2025-12-08",
            })
    void readsDatesOfAForm(String chain, String text) {
        assertThat(map(Kind.TEXT, chain, text)).isEqualTo(LocalDate.of(2025, 12, 8));
        assertThat(mapper(Kind.TEXT, chain).target().get(0).type()).isEqualTo(ColumnType.of(Kind.DATE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"to_date('dd.mm.yyyy'); 31.02.2025", "to_date; 08.12.2025", "to_date('dd.mm.yyyy'); 01.01.0000"})
    void refusesWhatIsNoDateOfTheForm(String chain, String text) {
        assertThatThrownBy(() -> map(Kind.TEXT, chain, text)).isInstanceOfSatisfying(RecordFault.class, fault -> {
            assertThat(fault.stage()).isEqualTo("MAP");
            assertThat(fault).hasMessageContaining("'" + text + "' is not a date of the form");
        });
    }

    @Test
    void takesDatesFromNumbersAndTimes() {
        LocalDate day = LocalDate.of(2025, 12, 8);
        assertThat(map(Kind.INTEGER, "to_date(yyyymmdd)", 20251208L)).isEqualTo(day);
        assertThat(map(Kind.DECIMAL, "to_date(yyyymmdd)", new BigDecimal("20251208")))
                .isEqualTo(day);
        assertThat(map(Kind.TIMESTAMP, "to_date", Instant.parse("2025-12-08T23:59:59Z")))
                .isEqualTo(day);
        assertThat(map(Kind.DATE, "to_date", day)).isEqualTo(day);
        assertThat(map(Kind.TEXT, "to_date", null)).isNull();
        assertThat(map(Kind.TEXT, "to_date | default('2000-01-01')", null)).isEqualTo(LocalDate.of(2000, 1, 1));
        assertThat(map(Kind.TEXT, "to_date(dd.mm.yy)", "01.01.50")).isEqualTo(LocalDate.of(1950, 1, 1));
        assertThat(map(Kind.TEXT, "to_date(dd.mm.yy)", "01.01.49")).isEqualTo(LocalDate.of(2049, 1, 1));
        wrong(Kind.BOOLEAN, "to_date", "what comes in is boolean");
    }

    @Test
    void roundsHalfAwayFromZero() {
        assertThat(map(Kind.DECIMAL, "round(1)", new BigDecimal("2.25"))).isEqualTo(new BigDecimal("2.3"));
        assertThat(map(Kind.DECIMAL, "round(1)", new BigDecimal("-2.25"))).isEqualTo(new BigDecimal("-2.3"));
        assertThat(map(Kind.DECIMAL, "round", new BigDecimal("99.6"))).isEqualTo(new BigDecimal("100"));
        assertThat(map(Kind.DECIMAL, "round(3)", new BigDecimal("2.2"))).isEqualTo(new BigDecimal("2.2"));
        assertThat(map(Kind.INTEGER, "round(-2)", 150L)).isEqualTo(200L);
        assertThat(map(Kind.DOUBLE, "round(2)", 1.005)).isEqualTo(1.01);
        assertThat(map(Kind.DECIMAL, "round", null)).isNull();
        assertThatThrownBy(() -> map(Kind.INTEGER, "round(-1)", Long.MAX_VALUE)).isInstanceOf(RecordFault.class);
    }

    @Test
    void whatBecomesATextIsATextColumn() {
        assertThat(map(Kind.DECIMAL, "concat(' pcs')", new BigDecimal("10.5"))).isEqualTo("10.5 pcs");
        assertThat(map(Kind.INTEGER, "map(1=one)", 1L)).isEqualTo("one");
        assertThat(map(Kind.BOOLEAN, "map(true=yes, false=no)", true)).isEqualTo("yes");
        assertThat(map(Kind.DATE, "substring(1,4)", LocalDate.of(2025, 12, 8))).isEqualTo("2025");
        assertThat(map(Kind.DOUBLE, "concat('')", 1e7)).isEqualTo("10000000");
        assertThat(map(Kind.TEXT, "concat('x')", null)).isNull();
        assertThat(mapper(Kind.DECIMAL, "concat('x')").target().get(0).type()).isEqualTo(ColumnType.text(0));
        assertThat(mapper(Kind.DECIMAL, "part | trim").target().get(0).type()).isEqualTo(ColumnType.of(Kind.DECIMAL));
    }

    /** The JDK remembers dead ends of this one, so that it may come to its end by itself; it takes no long time in any case. */
    @ParameterizedTest
    @ValueSource(ints = {40, 5000, 50_000})
    void aRegularExpressionThatTriesEveryWayTakesNoLongTime(int length) {
        String value = "a".repeat(length) + "!";
        assertTimeoutPreemptively(SOON, () -> {
            try {
                assertThat(map(Kind.TEXT, "regex('(a+)+$', 'b')", value)).isEqualTo(value);
            } catch (RecordFault stopped) {
                assertThat(stopped).hasMessageContaining("does not come to an end");
            }
            broken(Kind.TEXT, "pattern('(a+)+$')", value);
        });
    }

    @Test
    void aRegularExpressionThatTriesEveryWayIsStopped() {
        String value = "a".repeat(40) + "!";
        assertTimeoutPreemptively(SOON, () -> {
            assertThatThrownBy(() -> map(Kind.TEXT, "regex('(a+)+\\1?$', 'b')", value))
                    .isInstanceOf(RecordFault.class)
                    .hasMessageContaining("does not come to an end");
            broken(Kind.TEXT, "pattern('(a+)+\\1?$')", value);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"(.*a){25}$", "(.*a){12}x"})
    void aRegularExpressionWithoutEndIsStopped(String expression) {
        String value = "a".repeat(60) + "!";
        assertTimeoutPreemptively(SOON, () -> {
            assertThatThrownBy(() -> map(Kind.TEXT, "regex('" + expression + "', 'b')", value))
                    .isInstanceOfSatisfying(RecordFault.class, fault -> {
                        assertThat(fault.stage()).isEqualTo("MAP");
                        assertThat(fault.code()).isEqualTo("TRANSFORMATION_FAILED");
                    });
            broken(Kind.TEXT, "pattern('" + expression + "')", value);
        });
    }

    @Test
    void aRegularExpressionDeeperThanTheStackIsStopped() {
        String value = "ab".repeat(500_000);
        assertThatThrownBy(() -> map(Kind.TEXT, "regex('(a|b)*c', 'x')", value)).isInstanceOf(RecordFault.class);
        broken(Kind.TEXT, "pattern('(a|b)*c')", value);
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(map(Kind.TEXT, "TRIM | UPPERCASE", "i")).isEqualTo("I");
            assertThat(map(Kind.TEXT, "TITLE_CASE", "IZMIR istanbul")).isEqualTo("Izmir Istanbul");
            assertThat(map(Kind.TEXT, "STRIP_WHITESPACE | LOWERCASE", "I I")).isEqualTo("ii");
            assertThat(map(Kind.TEXT, "TITLE_CASE | CAPITALIZE", "i")).isEqualTo("I");
            assertThat(map(Kind.TEXT, "MAP('I'='x')", "I")).isEqualTo("x");
            assertThat(map(Kind.TEXT, "TO_DATE('DD MON YYYY')", "08 Dec 2025")).isEqualTo(LocalDate.of(2025, 12, 8));
        } finally {
            Locale.setDefault(before);
        }
    }
}
