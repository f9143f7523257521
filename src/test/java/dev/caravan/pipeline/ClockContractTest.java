package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.testing.FakeClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks that jump, and machines that stand elsewhere. */
abstract class ClockContractTest extends HouseContract {
    private final TimeZone zone = TimeZone.getDefault();
    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        TimeZone.setDefault(zone);
        Locale.setDefault(locale);
    }

    @Test
    void aClockThatJumpsInTheMiddleOfRunsLosesNothing() throws SQLException {
        FakeClock clock = new FakeClock(Instant.parse("2026-03-29T00:59:00Z"));
        house.clock(clock).things(35, "auto");
        List<Duration> jumps = List.of(
                Duration.ofDays(1),
                Duration.ofDays(-3),
                Duration.ofHours(1),
                Duration.ofHours(-1),
                Duration.ofDays(400));
        for (Duration jump : jumps) {
            house.sandbox.setBeforeAnswer(number -> {
                if (number == 2) {
                    clock.advance(jump);
                }
            });
            house.sandbox.edit("things", 3, 12, 2);
            assertThat(house.sync(true).status()).as("jump of %s", jump).isEqualTo("completed");
            Laws.hold(house, "a jump of " + jump);
            house.sandbox.edit("things", 2, 3, 0);
            assertThat(house.sync().status()).as("after a jump of %s", jump).isEqualTo("completed");
            Laws.hold(house, "a delta after a jump of " + jump);
        }
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin, de-DE", "Asia/Colombo, tr-TR", "America/Sao_Paulo, pt-BR", "Pacific/Apia, ar-EG"})
    void timesAndDatesAreTheSameWhereverTheMachineStands(String place, String language) throws SQLException {
        house.things(20, "hash");
        SandboxTable things = house.sandbox.table("things");
        String[] instants = {
            "2025-03-30T01:30:00Z",
            "2025-03-30T02:30:00Z",
            "2025-10-26T00:30:00Z",
            "2025-10-26T01:30:00Z",
            "2018-11-04T03:00:00Z",
            "2011-12-30T10:00:00Z"
        };
        String[] days = {"2025-03-30", "2025-10-26", "2018-11-04", "2011-12-30", "2006-04-15", "1996-05-25"};
        for (int i = 0; i < instants.length; i++) {
            things.update(i, SandboxRow.values("SEEN", instants[i], "BORN", days[i]));
        }
        things.update(10, SandboxRow.values("SEEN", "2025-03-30 02:30:00"));
        TimeZone.setDefault(TimeZone.getTimeZone(place));
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.sync().counts().unchanged()).isTrue();
        house.restart();
        TimeZone.setDefault(zone);
        Locale.setDefault(locale);
        things.update(10, SandboxRow.values("SEEN", "2025-03-30T02:30:00Z"));
        assertThat(house.stored()).isEqualTo(house.source());
        assertThat(house.sync().counts().updated()).isZero();
        Laws.hold(house, place);
    }
}
