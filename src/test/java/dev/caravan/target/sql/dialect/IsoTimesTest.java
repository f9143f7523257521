package dev.caravan.target.sql.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IsoTimesTest {
    @ParameterizedTest
    @CsvSource({
        "2025-12-08T12:00:00Z, 2025-12-08T12:00:00.000000Z",
        "2025-12-08T12:00:00.5Z, 2025-12-08T12:00:00.500000Z",
        "2025-12-08T12:34:56.123456Z, 2025-12-08T12:34:56.123456Z",
        "2025-12-08T12:34:56.123456789Z, 2025-12-08T12:34:56.123456789Z",
        "1969-12-31T23:59:59.000001Z, 1969-12-31T23:59:59.000001Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00.000000Z",
        "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
    })
    void writesEachTimeInOneWidth(String time, String text) {
        assertThat(IsoTimes.text(Instant.parse(time))).isEqualTo(text);
        assertThat(Instant.parse(text)).isEqualTo(Instant.parse(time));
    }

    @Test
    void keepsTheOrderOfTimesAsText() {
        List<String> texts = List.of("2025-12-08T12:00:00Z", "2025-12-08T12:00:00.5Z", "2025-12-08T12:00:01Z").stream()
                .map(time -> IsoTimes.text(Instant.parse(time)))
                .toList();

        assertThat(texts).isSorted();
    }
}
