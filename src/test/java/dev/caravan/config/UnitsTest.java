package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "15m,PT15M", "2h,PT2H", "1d,PT24H", "0s,PT0S", "5 M,PT5M", "1D,PT24H"})
    void readsTheDuration(String text, Duration expected) {
        assertThat(Units.duration(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "1.5h", "5w", "PT5M", "99999999999d", "5 m s"})
    void refusesTheDuration(String text) {
        assertThat(Units.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1B,1", "512KB,524288", "64MB,67108864", "64 mb,67108864", "2GB,2147483648"})
    void readsTheSize(String text, long expected) {
        assertThat(Units.size(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "MB", "-1MB", "1TB", "1.5GB"})
    void refusesTheSize(String text) {
        assertThat(Units.size(text)).isEmpty();
    }
}
