package dev.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2025-12-08T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "120; 120",
                "0; 0",
                "' 5 '; 5",
                "999999999; 999999999",
                "Mon, 08 Dec 2025 12:00:30 GMT; 30",
                "Mon, 8 Dec 2025 12:00:30 GMT; 30",
                "Mon, 08 Dec 2025 11:00:00 GMT; 0",
            })
    void readsSecondsAndDates(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "-5",
                "1.5",
                "9999999999",
                "\u0665",
                "2025-12-08T12:00:00Z",
                "Tue, 99 Dec 2025 12:00:30 GMT"
            })
    void makesNothingOfOthers(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }

    @Test
    void makesNothingOfNothing() {
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }
}
