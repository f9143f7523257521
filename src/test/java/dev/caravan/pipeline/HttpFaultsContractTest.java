package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.testing.FakeClock;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are slow, too large, angry for half an hour, or odd at the edges. */
abstract class HttpFaultsContractTest extends HouseContract {
    @ParameterizedTest
    @ValueSource(strings = {"DRIP", "HANG", "LOST"})
    void anAnswerThatDoesNotComeInTimeIsAskedForAgain(String kind) throws SQLException {
        house.things(25, "hash").with("caravan.connector.erp.data-timeout", "1s");
        house.sandbox.setFaults(number -> number == 2 ? SandboxFault.of(SandboxFault.Kind.valueOf(kind)) : null);
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.sandbox.faults().counts()).containsEntry(kind, 1);
        Laws.hold(house, kind);
    }

    @Test
    void aPageOfAHundredMegabytesIsAskedForInHalves() throws SQLException {
        house.things(25, "hash");
        house.sandbox.setFaults(number -> number == 2 ? SandboxFault.of(SandboxFault.Kind.HUGE_PAGE) : null);
        assertThat(house.sync().status()).isEqualTo("completed");
        Laws.hold(house, "one huge page");
    }

    @Test
    void pagesOfAHundredMegabytesEndTheRunAndKeepWhatCame() throws SQLException {
        house.things(25, "hash");
        house.sandbox.setFaults(number -> number >= 2 ? SandboxFault.of(SandboxFault.Kind.HUGE_PAGE) : null);
        assertThat(house.sync().code()).isEqualTo("PAGE_TOO_LARGE");
        assertThat(house.stored()).hasSize(10);
        house.sandbox.faults().clear();
        assertThat(house.sync().status()).isEqualTo("completed");
        Laws.hold(house, "huge pages");
    }

    @Test
    void halfAnHourOf429EndsThrottledWithItsProgressKept() throws SQLException {
        FakeClock clock = new FakeClock(Instant.parse("2026-03-01T10:00:00Z"));
        Instant over = clock.instant().plus(Duration.ofMinutes(30));
        AtomicInteger refused = new AtomicInteger();
        house.clock(clock).things(45, "rowversion");
        house.sandbox.setFaults(number -> {
            if (number < 5 || clock.instant().isAfter(over)) {
                return null;
            }
            refused.incrementAndGet();
            clock.advance(Duration.ofMinutes(1));
            return SandboxFault.status(429, "0");
        });
        Outcome throttled = house.sync();
        assertThat(throttled.status()).isEqualTo("throttled");
        assertThat(refused.get()).isBetween(10, 12);
        assertThat(house.stored()).hasSize(20);
        clock.advance(Duration.ofMinutes(25));
        house.sandbox.forgetRequests();
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.sandbox.requests().stream()
                        .filter(each -> each.contains("/data/"))
                        .findFirst())
                .as("it goes on where it was, one page back")
                .hasValueSatisfying(first -> assertThat(first).contains("page=2&"));
        Laws.hold(house, "a storm");
    }

    @Test
    void aBurstOf503IsWaitedOut() throws SQLException {
        house.things(25, "hash");
        house.sandbox.setFaults(number -> number >= 2 && number <= 6 ? SandboxFault.status(503, "0") : null);
        Outcome outcome = house.sync();
        assertThat(outcome.status()).isEqualTo("completed");
        assertThat(house.one("SELECT throttled_count FROM " + house.own("sync_runs")))
                .isEqualTo("5");
        Laws.hold(house, "a burst");
    }

    @Test
    void aConnectorThatIsAskedOneThingAtATimeIsAskedAgainToo() throws SQLException {
        house.things(25, "hash").with("caravan.connector.erp.concurrency", "1");
        house.sandbox.setFaults(number -> number >= 2 && number <= 3 ? SandboxFault.status(500, "0") : null);
        assertThat(house.sync().status()).isEqualTo("completed");
        Laws.hold(house, "two refusals of one request");
    }

    @ParameterizedTest
    @CsvSource({
        "0, hash",
        "1, hash",
        "10, hash",
        "20, hash",
        "0, rowversion",
        "1, rowversion",
        "10, rowversion",
        "20, rowversion",
        "0, auto",
        "20, auto",
        "10, full"
    })
    void noRowsOneRowAndPagesThatAreExactlyFullEndWell(int rows, String strategy) throws SQLException {
        house.things(rows, strategy);
        for (int pass = 1; pass <= 3; pass++) {
            Outcome outcome = house.sync();
            assertThat(outcome.status()).isEqualTo("completed");
            assertThat(outcome.counts().inserted()).isEqualTo(pass == 1 ? rows : 0);
            Laws.hold(house, "pass " + pass);
        }
        house.sandbox.table("things").insert(House.thing(rows + 1));
        assertThat(house.sync().counts().inserted()).isEqualTo(1);
        Laws.hold(house, "one more row");
    }

    @Test
    void aRowVersionThatGoesBackwardsIsFoundByTheNextFullPassAndNeverMovesTheCursorBack() throws SQLException {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        house.sandbox.setClock(Clock.fixed(noon, ZoneOffset.UTC));
        house.things(25, "rowversion");
        house.sync();
        house.sandbox.setClock(Clock.fixed(noon.minus(Duration.ofDays(1)), ZoneOffset.UTC));
        SandboxTable things = house.sandbox.table("things");
        things.update(4, SandboxRow.values("NAME", "From yesterday"));
        things.insert(House.thing(77));
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(cursor()).isEqualTo("20260101120000");
        assertThat(house.sync(true).status()).isEqualTo("completed");
        assertThat(cursor()).isEqualTo("20260101120000");
        Laws.hold(house, "versions that went back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "rowversion", "hash"})
    void rowsWithoutARowVersionArriveWithTheFullPass(String strategy) throws SQLException {
        house.things(25, strategy);
        SandboxTable things = house.sandbox.table("things");
        things.setVersion(3, null);
        things.setVersion(24, null);
        assertThat(house.sync().status()).isEqualTo("completed");
        Laws.hold(house, "some versions are null");
        things.update(3, SandboxRow.values("NAME", "Without a version"));
        things.setVersion(3, null);
        for (int i = 0; i < 25; i++) {
            things.setVersion(i, null);
        }
        assertThat(house.sync(true).status()).isEqualTo("completed");
        Laws.hold(house, "all versions are null");
        things.delete(5);
        assertThat(house.sync(true).status()).isEqualTo("completed");
        Laws.hold(house, "a deletion without versions");
    }

    private String cursor() throws SQLException {
        return String.valueOf(house.one("SELECT cursor_value FROM " + house.own("sync_cursors")));
    }
}
