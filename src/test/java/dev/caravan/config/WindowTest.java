package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static Window window(String from, String until, String zone) {
        return new Window(LocalTime.parse(from), LocalTime.parse(until), ZoneId.of(zone));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T17:59:59Z, false",
        "2026-01-15T18:00:00Z, true",
        "2026-01-15T23:30:00Z, true",
        "2026-01-16T05:59:59Z, true",
        "2026-01-16T06:00:00Z, false",
        "2026-01-16T12:00:00Z, false",
        "2026-07-15T17:00:00Z, true",
        "2026-07-15T16:59:59Z, false",
        "2026-07-16T05:00:00Z, false",
    })
    void aNightGoesAcrossMidnightInItsOwnZone(Instant now, boolean open) {
        assertThat(window("19:00", "07:00", "Europe/Berlin").at(now).isPresent())
                .isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "08:00, 18:00, 2026-01-15T12:00:00Z, true",
        "08:00, 18:00, 2026-01-15T07:59:59Z, false",
        "08:00, 18:00, 2026-01-15T18:00:00Z, false",
        "00:00, 00:00, 2026-01-15T00:00:00Z, true",
        "12:00, 12:00, 2026-01-15T11:59:59Z, true",
        "22:00, 00:00, 2026-01-15T23:59:59Z, true",
        "22:00, 00:00, 2026-01-16T00:00:00Z, false",
    })
    void aDayAWholeDayAndAnEveningUntilMidnight(String from, String until, Instant now, boolean open) {
        assertThat(window(from, until, "UTC").at(now).isPresent()).isEqualTo(open);
    }

    @Test
    void aNightInWhichTheClockIsPutForwardIsAnHourShorterAndOneInWhichItIsPutBackAnHourLonger() {
        Window night = window("19:00", "07:00", "Europe/Berlin");
        Window.Opening spring = night.after(Instant.parse("2026-03-28T12:00:00Z"));
        Window.Opening autumn = night.after(Instant.parse("2026-10-24T12:00:00Z"));
        Window.Opening plain = night.after(Instant.parse("2026-06-01T12:00:00Z"));
        assertThat(Duration.between(spring.begin(), spring.end())).isEqualTo(Duration.ofHours(11));
        assertThat(Duration.between(autumn.begin(), autumn.end())).isEqualTo(Duration.ofHours(13));
        assertThat(Duration.between(plain.begin(), plain.end())).isEqualTo(Duration.ofHours(12));
        assertThat(spring.end()).isEqualTo("2026-03-29T05:00:00Z");
        assertThat(autumn.end()).isEqualTo("2026-10-25T06:00:00Z");
    }

    @Test
    void aTimeThatDoesNotExistIsTheOneAsMuchLater() {
        Window gap = window("02:30", "04:00", "Europe/Berlin");
        assertThat(gap.at(Instant.parse("2026-03-29T01:29:59Z"))).isEmpty();
        assertThat(gap.at(Instant.parse("2026-03-29T01:30:00Z"))).isPresent();
        assertThat(gap.at(Instant.parse("2026-03-29T02:00:00Z"))).isEmpty();
        Window lost = window("02:30", "03:00", "Europe/Berlin");
        assertThat(lost.at(Instant.parse("2026-03-29T01:10:00Z"))).isEmpty();
        assertThat(lost.after(Instant.parse("2026-03-28T12:00:00Z")).begin()).isEqualTo("2026-03-30T00:30:00Z");
    }

    @Test
    void aTimeThatComesTwiceIsTheFirstOfBothSoThatAWindowOpensOnlyOnce() {
        Window window = window("19:00", "02:30", "Europe/Berlin");
        assertThat(window.at(Instant.parse("2026-10-25T00:29:59Z"))).isPresent();
        assertThat(window.at(Instant.parse("2026-10-25T00:30:00Z"))).isEmpty();
        assertThat(window.at(Instant.parse("2026-10-25T01:15:00Z"))).isEmpty();
        assertThat(window.after(Instant.parse("2026-10-25T01:15:00Z")).begin()).isEqualTo("2026-10-25T18:00:00Z");
    }

    @Test
    void theNextOpeningIsTheOneThatBeginsLater() {
        Window night = window("19:00", "07:00", "Asia/Colombo");
        Instant inside = Instant.parse("2026-01-15T20:00:00Z");
        assertThat(night.at(inside)).hasValueSatisfying(opening -> {
            assertThat(opening.begin()).isEqualTo("2026-01-15T13:30:00Z");
            assertThat(opening.end()).isEqualTo("2026-01-16T01:30:00Z");
        });
        assertThat(night.after(inside).begin()).isEqualTo("2026-01-16T13:30:00Z");
        assertThat(night).hasToString("19:00-07:00 Asia/Colombo");
    }
}
