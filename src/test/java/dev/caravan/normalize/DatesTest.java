package dev.caravan.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    private static final Dates DAY_FIRST = new Dates(true, ZoneOffset.UTC);
    private static final Dates MONTH_FIRST = new Dates(false, ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-12-08",
                "2025-12-8",
                "2025/12/08",
                "2025/12/8",
                "08-12-2025",
                "8-12-2025",
                "20251208",
                "08.12.2025",
                "8.12.2025",
                "08/12/2025",
                "8 Dec 2025",
                "08-DEC-2025",
                "8 december 2025",
                "08 Decem 2025",
                "2025-12-08T00:00:00Z",
                "20251208000000",
                "2025-12-08 00:00"
            })
    void readsEveryFormOfADate(String text) {
        assertThat(DAY_FIRST.instant(text)).isEqualTo("2025-12-08T00:00:00Z");
        Dates.When when = DAY_FIRST.when(text);
        assertThat(when).isNotNull();
        assertThat(String.valueOf(when)).contains("2025-12-08").contains(LocalTime.MIN.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-08T10:20,              2025-12-08T10:20:00Z",
        "2025-12-08 10:20:30,           2025-12-08T10:20:30Z",
        "2025-12-08T10:20:30,           2025-12-08T10:20:30Z",
        "2025-12-08T10:20:30Z,          2025-12-08T10:20:30Z",
        "2025-12-08T10:20:30z,          2025-12-08T10:20:30Z",
        "2025-12-08T10:20:30 UTC,       2025-12-08T10:20:30Z",
        "2025-12-08T10:20:30GMT,        2025-12-08T10:20:30Z",
        "2025-12-08T10:20:30+02:00,     2025-12-08T08:20:30Z",
        "2025-12-08T10:20:30+0230,      2025-12-08T07:50:30Z",
        "2025-12-08T10:20:30 -05,       2025-12-08T15:20:30Z",
        "2025-12-08T10:20:30.5,         2025-12-08T10:20:30.500Z",
        "2025-12-08T10:20:30.1234567891Z, 2025-12-08T10:20:30.123456789Z",
        "20251208102030,                2025-12-08T10:20:30Z",
        "202512081020,                  2025-12-08T10:20:00Z",
        "08.12.2025 10:20,              2025-12-08T10:20:00Z",
        "8 Dec 2025 10:20:30,           2025-12-08T10:20:30Z",
        "2024-02-29T23:59:59Z,          2024-02-29T23:59:59Z",
        "0001-01-01T00:00:00Z,          0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z,          9999-12-31T23:59:59Z",
    })
    void readsTimesInEveryForm(String text, String expected) {
        assertThat(DAY_FIRST.instant(text)).isEqualTo(Instant.parse(expected));
    }

    @Test
    void readsAFractionAfterAComma() {
        assertThat(DAY_FIRST.instant("2025-12-08T10:20:30,25Z")).isEqualTo("2025-12-08T10:20:30.250Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "never",
                "2025-13-01",
                "2025-00-10",
                "2025-02-29",
                "2025-02-30T00:00:00Z",
                "31.04.2025",
                "20251301",
                "2025-12-08X",
                "2025-12-08T25:00:00Z",
                "2025-12-08T24:00:00",
                "2025-12-08T12:60:00Z",
                "2025-12-08T12:00:60Z",
                "2025-12-08T12-00:00Z",
                "2025-12-08T10:20:30+19:00",
                "0000-01-01",
                "0000-12-31T00:00:00Z",
                "10000-01-01",
                "-001-01-01",
                "8 Foo 2025",
                "8 Mab 2025",
                "8 Decemberly 2025",
                "1.1.25",
                "13-13-2025",
                "2025-12-0\u0668",
                "2025-12-08T1\u0660:00:00Z",
                "\u0662\u0660\u0662\u0665\u0661\u0662\u0660\u0668"
            })
    void refusesWhatIsNoDate(String text) {
        assertThat(DAY_FIRST.instant(text)).isNull();
        assertThat(MONTH_FIRST.instant(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2025-13-01", "2025-02-29", "0000-01-01", "9-9-99999", "2025-1a-01", "8 Foo 2025"})
    void refusesWhatIsNoDateAsADateAlone(String text) {
        assertThat(DAY_FIRST.when(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-01:00"})
    void refusesInstantsOutsideTheYearsOneTo9999InUtc(String text) {
        assertThat(DAY_FIRST.instant(text)).isNull();
    }

    @Test
    void readsTheAmbiguousDateAsTheConnectorSays() {
        assertThat(DAY_FIRST.instant("08-12-2025")).isEqualTo("2025-12-08T00:00:00Z");
        assertThat(MONTH_FIRST.instant("08-12-2025")).isEqualTo("2025-08-12T00:00:00Z");
        assertThat(MONTH_FIRST.instant("08/12/2025")).isEqualTo("2025-08-12T00:00:00Z");
        assertThat(MONTH_FIRST.instant("12-12-2025")).isEqualTo("2025-12-12T00:00:00Z");
    }

    @Test
    void readsADateThatFitsOnlyTheOtherReadingSo() {
        assertThat(DAY_FIRST.instant("08-13-2025")).isEqualTo("2025-08-13T00:00:00Z");
        assertThat(MONTH_FIRST.instant("13-08-2025")).isEqualTo("2025-08-13T00:00:00Z");
    }

    @Test
    void readsDotsDayFirstAlways() {
        assertThat(MONTH_FIRST.instant("08.12.2025")).isEqualTo("2025-12-08T00:00:00Z");
    }

    @Test
    void readsATimeWithoutAZoneInTheGivenOne() {
        Dates paris = new Dates(true, ZoneId.of("Europe/Paris"));
        assertThat(paris.instant("2025-07-01T12:00:00")).isEqualTo("2025-07-01T10:00:00Z");
        assertThat(paris.instant("1 Jan 2025")).isEqualTo("2024-12-31T23:00:00Z");
        assertThat(paris.instant("2025-07-01T12:00:00Z")).isEqualTo("2025-07-01T12:00:00Z");
    }

    @Test
    void readsTheNamesOfMonthsWhateverTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(DAY_FIRST.instant("8 APRIL 2025")).isEqualTo("2025-04-08T00:00:00Z");
        } finally {
            Locale.setDefault(before);
        }
    }
}
