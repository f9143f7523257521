package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Strategy;
import dev.caravan.source.HttpAnswers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataverseFaultsTest {
    private final DataverseFaults faults = new DataverseFaults(new HttpAnswers(Clock.systemUTC()));

    private CaravanException fault(int status, String code, String message, boolean delta) {
        String body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
        return faults.of(status, "7", body.getBytes(StandardCharsets.UTF_8), delta, "accounts page 1")
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "429, 0x80072322, Number of requests exceeded, false, THROTTLED, REQUESTS_LIMITED",
        "400, 0x80072326, Number of concurrent requests exceeded, false, THROTTLED, THROTTLED",
        "503, '', busy, false, THROTTLED, THROTTLED",
        "500, '', oops, false, TRANSIENT, SOURCE_TROUBLE",
        "401, '', expired, false, DENIED, TOKEN_REFUSED",
        "403, 0x80040220, Principal user is missing prvReadAccount, false, DENIED, FORBIDDEN",
        "404, 0x80060888, Resource not found for the segment, false, CONFIGURATION, NOT_FOUND",
        "400, 0x80060888, Could not find a property named x, false, CONFIGURATION, REQUEST_REFUSED",
        "501, 0x8006088a, The query node In is not supported, false, CONFIGURATION, IN_UNSUPPORTED",
        "501, 0x8006088b, no, false, CONFIGURATION, REQUEST_REFUSED",
        "400, 0x80044352, Version stamp associated with the client has expired., true, CONFIGURATION, DELTA_EXPIRED",
        "410, '', Gone, true, CONFIGURATION, DELTA_EXPIRED",
        "404, '', The deltatoken is not known, true, CONFIGURATION, DELTA_EXPIRED",
        "400, '', something else, true, CONFIGURATION, REQUEST_REFUSED",
        "410, '', Gone, false, CONFIGURATION, NOT_FOUND"
    })
    void tellsWhatARefusalMeans(int status, String code, String message, boolean delta, FaultKind kind, String known) {
        CaravanException fault = fault(status, code, message, delta);

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.code()).isEqualTo(known);
        assertThat(fault.getMessage()).startsWith("accounts page 1");
    }

    @Test
    void waitsAsLongAsItIsTold() {
        assertThat(fault(400, "0x80072326", "", false).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void passesOnWhatTheServiceSays() {
        assertThat(fault(403, "0x80040220", "missing prvReadAccount", false))
                .hasMessageContaining("0x80040220 missing prvReadAccount");
    }

    @ParameterizedTest
    @CsvSource({
        "auto, true, false, true, true, TRACK",
        "auto, true, true, true, true, VERSION",
        "auto, false, false, true, true, VERSION",
        "auto, false, false, false, true, MODIFIED",
        "auto, false, false, false, false, FULL",
        "full, true, false, true, true, FULL",
        "modified, true, false, true, true, MODIFIED",
        "version, true, true, true, true, VERSION",
        "track, true, false, true, true, TRACK"
    })
    void choosesTheCheapestStrategyThatIsCorrect(
            String wanted, boolean tracked, boolean filtered, boolean version, boolean modified, Strategy chosen) {
        assertThat(Strategies.choose("accounts", wanted, new Strategies.Facts(tracked, filtered, version, modified))
                        .strategy())
                .isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({
        "track, true, true, true, true",
        "track, false, false, true, true",
        "version, true, false, false, true",
        "modified, true, false, true, false"
    })
    void refusesAStrategyThatTheTableCannotHave(
            String wanted, boolean tracked, boolean filtered, boolean version, boolean modified) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Strategies.choose(
                        "accounts", wanted, new Strategies.Facts(tracked, filtered, version, modified)))
                .hasMessageContaining("use auto");
    }

    @Test
    void asksFromARunThatEndedLongEnoughBeforeTheLastOneBegan() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        Overlap.Run last = run(noon, 0, 30);
        Overlap.Run recent = run(noon, -4, 20);
        Overlap.Run old = run(noon, -16, 10);

        assertThat(Overlap.from(List.of(last, recent, old), Duration.ofMinutes(5)))
                .contains(10L);
        assertThat(Overlap.from(List.of(last, recent), Duration.ofMinutes(5))).isEmpty();
        assertThat(Overlap.from(List.of(last, recent), Duration.ZERO)).contains(20L);
        assertThat(Overlap.from(List.of(), Duration.ofMinutes(5))).isEmpty();
    }

    private static Overlap.Run run(Instant noon, int minute, long cursor) {
        Instant began = noon.plus(Duration.ofMinutes(minute));
        return new Overlap.Run(began, began.plusSeconds(30), cursor);
    }
}
