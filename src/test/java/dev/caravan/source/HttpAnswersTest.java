package dev.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.fault.CaravanException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswersTest {
    private static final HttpAnswers ANSWERS =
            new HttpAnswers(Clock.fixed(Instant.parse("2025-12-08T12:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void theTwoHundredsAreGood(int status) {
        assertThat(ANSWERS.fault(status, null, "items page 3")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "100, ,  CONFIGURATION, REDIRECTED",
        "301, ,  CONFIGURATION, REDIRECTED",
        "302, ,  CONFIGURATION, REDIRECTED",
        "400, ,  CONFIGURATION, REQUEST_REFUSED",
        "401, ,  DENIED,        TOKEN_REFUSED",
        "403, ,  DENIED,        FORBIDDEN",
        "404, ,  CONFIGURATION, NOT_FOUND",
        "405, ,  CONFIGURATION, REQUEST_REFUSED",
        "408, ,  TRANSIENT,     SOURCE_TROUBLE",
        "410, ,  CONFIGURATION, NOT_FOUND",
        "422, ,  CONFIGURATION, REQUEST_REFUSED",
        "425, ,  TRANSIENT,     SOURCE_TROUBLE",
        "429, ,  THROTTLED,     THROTTLED",
        "429, 7, THROTTLED,     THROTTLED",
        "500, ,  TRANSIENT,     SOURCE_TROUBLE",
        "502, ,  TRANSIENT,     SOURCE_TROUBLE",
        "503, ,  TRANSIENT,     SOURCE_TROUBLE",
        "503, 7, THROTTLED,     THROTTLED",
        "504, ,  TRANSIENT,     SOURCE_TROUBLE",
        "599, ,  TRANSIENT,     SOURCE_TROUBLE",
    })
    void everyOtherStatusMeansAFault(int status, @Nullable String wait, String kind, String code) {
        CaravanException fault = ANSWERS.fault(status, wait, "items page 3").orElseThrow();
        assertThat(fault.kind()).hasToString(kind);
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault).hasMessageStartingWith("items page 3: the source answered " + status + "; ");
    }

    @Test
    void handsOnHowLongTheSourceAsksToWait() {
        assertThat(ANSWERS.fault(429, "7", "items").orElseThrow().retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(ANSWERS.fault(503, "Mon, 08 Dec 2025 12:01:00 GMT", "items")
                        .orElseThrow()
                        .retryAfter())
                .contains(Duration.ofMinutes(1));
        assertThat(ANSWERS.fault(429, "later", "items").orElseThrow().retryAfter())
                .isEmpty();
    }
}
