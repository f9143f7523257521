package dev.caravan.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {
    private static Normaliser normaliser(Kind kind, NormaliserOptions options) {
        Column column = new Column("FIELD", "", ColumnType.of(kind), true, false);
        return new Normaliser(new Columns(List.of(column), List.of()), options);
    }

    private static @Nullable Object read(Kind kind, @Nullable Object raw) {
        return normaliser(kind, NormaliserOptions.DEFAULTS).value(0, raw);
    }

    private static void refused(Kind kind, Object raw, String code) {
        assertThatThrownBy(() -> read(kind, raw)).isInstanceOfSatisfying(RecordFault.class, fault -> {
            assertThat(fault.stage()).isEqualTo("NORMALISE");
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault).hasMessageStartingWith("FIELD: '");
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothingStaysNothingInEveryType(Kind kind) {
        assertThat(read(kind, null)).isNull();
        assertThat(read(kind, "")).isNull();
        assertThat(read(kind, " \u0000 ")).isNull();
    }

    @Test
    void wholeNumbersFitSixtyFourBits() {
        assertThat(read(Kind.INTEGER, "10,000")).isEqualTo(10_000L);
        assertThat(read(Kind.INTEGER, new BigDecimal("5.0"))).isEqualTo(5L);
        assertThat(read(Kind.INTEGER, 7L)).isEqualTo(7L);
        assertThat(read(Kind.INTEGER, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(read(Kind.INTEGER, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        refused(Kind.INTEGER, "9223372036854775808", "NUMBER_OUT_OF_RANGE");
        refused(Kind.INTEGER, new BigDecimal("1e400"), "NUMBER_OUT_OF_RANGE");
        refused(Kind.INTEGER, "1.5", "NUMBER_OUT_OF_RANGE");
        refused(Kind.INTEGER, true, "NUMBER_UNREADABLE");
        refused(Kind.INTEGER, "twelve", "NUMBER_UNREADABLE");
    }

    @Test
    void decimalsStayExactAndLoseOnlyZeros() {
        assertThat(read(Kind.DECIMAL, "0.10")).isEqualTo(new BigDecimal("0.1"));
        assertThat(read(Kind.DECIMAL, "(1,000.00)")).isEqualTo(new BigDecimal("-1000"));
        assertThat(read(Kind.DECIMAL, "1E+3")).isEqualTo(new BigDecimal("1000"));
        assertThat(read(Kind.DECIMAL, 3L)).isEqualTo(new BigDecimal("3"));
        assertThat(read(Kind.DECIMAL, new BigDecimal("123456789.1234567890")))
                .isEqualTo(new BigDecimal("123456789.123456789"));
        refused(Kind.DECIMAL, new BigDecimal("1e-5000"), "NUMBER_UNREADABLE");
        refused(Kind.DECIMAL, "NaN", "NUMBER_UNREADABLE");
    }

    @Test
    void doublesAreFinite() {
        assertThat(read(Kind.DOUBLE, "1.5")).isEqualTo(1.5);
        assertThat(read(Kind.DOUBLE, 2L)).isEqualTo(2.0);
        refused(Kind.DOUBLE, "1e400", "NUMBER_OUT_OF_RANGE");
        refused(Kind.DOUBLE, "Infinity", "NUMBER_UNREADABLE");
    }

    @Test
    void aDateHasNoTimeOfDay() {
        assertThat(read(Kind.DATE, "2025-12-08")).isEqualTo(LocalDate.of(2025, 12, 8));
        assertThat(read(Kind.DATE, "2025-12-08T00:00:00")).isEqualTo(LocalDate.of(2025, 12, 8));
        assertThat(read(Kind.DATE, 20251208L)).isEqualTo(LocalDate.of(2025, 12, 8));
        refused(Kind.DATE, "2025-12-08T00:00:01", "DATE_HAS_TIME");
        refused(Kind.DATE, "soon", "DATE_UNREADABLE");
        refused(Kind.DATE, true, "DATE_UNREADABLE");
    }

    @Test
    void timesAreInstants() {
        assertThat(read(Kind.TIMESTAMP, " 2025-12-08T10:00:00+01:00 "))
                .isEqualTo(Instant.parse("2025-12-08T09:00:00Z"));
        assertThat(read(Kind.TIMESTAMP, 20251208120000L)).isEqualTo(Instant.parse("2025-12-08T12:00:00Z"));
        refused(Kind.TIMESTAMP, "later", "TIME_UNREADABLE");
        refused(Kind.TIMESTAMP, false, "TIME_UNREADABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "y", "Y", "yes", "YES", "t", "true", "TRUE", "on", "On"})
    void manyWordsAreTrue(String word) {
        assertThat(read(Kind.BOOLEAN, word)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "n", "N", "no", "NO", "f", "false", "FALSE", "off", "OFF"})
    void manyWordsAreFalse(String word) {
        assertThat(read(Kind.BOOLEAN, word)).isEqualTo(false);
    }

    @Test
    void otherWordsAreNeitherTrueNorFalse() {
        assertThat(read(Kind.BOOLEAN, true)).isEqualTo(true);
        assertThat(read(Kind.BOOLEAN, 0L)).isEqualTo(false);
        refused(Kind.BOOLEAN, "2", "BOOLEAN_UNREADABLE");
        refused(Kind.BOOLEAN, "maybe", "BOOLEAN_UNREADABLE");
    }

    @Test
    void binaryIsHexadecimalOrBase64() {
        byte[] bytes = {0, (byte) 255, 16};
        assertThat(read(Kind.BINARY, "00FF10")).isEqualTo(bytes);
        assertThat(read(Kind.BINARY, "00ff10")).isEqualTo(bytes);
        assertThat(read(Kind.BINARY, "AP8Q")).isEqualTo(bytes);
        refused(Kind.BINARY, "00:ff", "BINARY_UNREADABLE");
        refused(Kind.BINARY, "not binary!", "BINARY_UNREADABLE");
    }

    @Test
    void textTakesEverything() {
        assertThat(read(Kind.TEXT, " a \u0000 b ")).isEqualTo("a b");
        assertThat(read(Kind.TEXT, 5L)).isEqualTo("5");
        assertThat(read(Kind.TEXT, true)).isEqualTo("true");
        assertThat(read(Kind.TEXT, new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(read(Kind.TEXT, new BigDecimal("1E+5000"))).isEqualTo("1E+5000");
        assertThat(read(Kind.JSON, "{\"a\":1}")).isEqualTo("{\"a\":1}");
    }

    @Test
    void textsAreLeftAloneWhereSwitchedOffAndOthersAreNot() {
        NormaliserOptions asTheyAre = new NormaliserOptions(true, ZoneOffset.UTC, false, true, true);
        assertThat(normaliser(Kind.TEXT, asTheyAre).value(0, "  a  ")).isEqualTo("  a  ");
        assertThat(normaliser(Kind.INTEGER, asTheyAre).value(0, " 5 ")).isEqualTo(5L);
    }

    @Test
    void numbersAreReadOnlyAsProgramsWriteThemWhereSwitchedOff() {
        NormaliserOptions exact = new NormaliserOptions(true, ZoneOffset.UTC, true, false, true);
        assertThat(normaliser(Kind.DECIMAL, exact).value(0, "-12.50")).isEqualTo(new BigDecimal("-12.5"));
        assertThat(normaliser(Kind.DECIMAL, exact).value(0, new BigDecimal("1E+2")))
                .isEqualTo(new BigDecimal("100"));
        assertThat(normaliser(Kind.INTEGER, exact).value(0, "17")).isEqualTo(17L);
        for (String text : List.of("10,000", "$ 12.50", "(100)", "1.5E+3", "1 000", "12.")) {
            assertThatThrownBy(() -> normaliser(Kind.DECIMAL, exact).value(0, text))
                    .as(text)
                    .hasMessageContaining("is not a number");
        }
    }

    @Test
    void datesAreReadOnlyByIso8601WhereSwitchedOff() {
        NormaliserOptions iso = new NormaliserOptions(true, ZoneOffset.UTC, true, true, false);
        assertThat(normaliser(Kind.DATE, iso).value(0, "2025-12-08")).isEqualTo(LocalDate.of(2025, 12, 8));
        assertThat(normaliser(Kind.TIMESTAMP, iso).value(0, "2025-12-08T12:00:00.5+01:00"))
                .isEqualTo(Instant.parse("2025-12-08T11:00:00.5Z"));
        assertThat(normaliser(Kind.TIMESTAMP, iso).value(0, "2025-12-08T12:00"))
                .isEqualTo(Instant.parse("2025-12-08T12:00:00Z"));
        for (String text : List.of("08.12.2025", "20251208", "8 Dec 2025", "2025/12/08", "2025-12-08 12:00")) {
            assertThatThrownBy(() -> normaliser(Kind.TIMESTAMP, iso).value(0, text))
                    .as(text)
                    .hasMessageContaining("is not a date");
        }
    }

    @Test
    void aRefusalQuotesNoMoreThanABeginning() {
        assertThatThrownBy(() -> read(Kind.INTEGER, "x".repeat(500)))
                .hasMessage("FIELD: '" + "x".repeat(40) + "\u2026' is not a number");
    }

    @Test
    void aRowKeepsWhatCameBesideWhatItMeans() {
        Normaliser normaliser = normaliser(Kind.INTEGER, NormaliserOptions.DEFAULTS);
        Columns columns =
                new Columns(List.of(new Column("FIELD", "", ColumnType.of(Kind.INTEGER), true, false)), List.of());
        Row row = normaliser.normalise(Row.raw(columns, new @Nullable Object[] {"5"}, null, "", null));
        assertThat(row.raw()).containsExactly("5");
        assertThat(row.normalisedValues()).containsExactly(5L);
        assertThat(row.values()).containsExactly(5L);
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(read(Kind.BOOLEAN, "YES")).isEqualTo(true);
            assertThat(read(Kind.DECIMAL, "1,000.5")).isEqualTo(new BigDecimal("1000.5"));
            assertThat(read(Kind.DOUBLE, "1.5")).isEqualTo(1.5);
            assertThat(read(Kind.TIMESTAMP, "8 APRIL 2025")).isEqualTo(Instant.parse("2025-04-08T00:00:00Z"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
