package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxFault;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way from APISmith to a table, and what is made of it, on each database. */
abstract class PipelineTroubleContractTest extends HouseContract {
    private void expectEqual() throws SQLException {
        assertThat(house.stored()).isEqualTo(house.source());
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs")
                        + " WHERE status = 'completed' AND records_fetched <> records_inserted + records_updated"
                        + " + records_skipped + records_failed + records_pending + records_repeated"))
                .isEqualTo("0");
    }

    @Test
    void aStoppedRunEndsAtItsPageAndTheNextOneGoesOn() throws SQLException {
        house.things(60, "hash");
        house.discover();
        house.sandbox.setBeforeAnswer(number -> {
            if (number == 4) {
                house.engine().stop();
            }
        });
        Outcome outcome = house.syncDiscovered(false);
        assertThat(outcome.status()).isEqualTo("cancelled");
        assertThat(outcome.counts().inserted()).isBetween(10L, 50L);
        assertThat(house.one("SELECT count(*) FROM things"))
                .isEqualTo(Long.toString(outcome.counts().inserted()));
        house.sandbox.setBeforeAnswer(number -> {});
        house.restart();
        Outcome next = house.sync();
        assertThat(next.status()).isEqualTo("completed");
        assertThat(next.counts().inserted()).isEqualTo(60 - outcome.counts().inserted());
        expectEqual();
    }

    @Test
    void aRunThatWaitsForItsSourceIsStoppedSoon() {
        house.things(30, "hash");
        house.discover();
        house.sandbox.setFaults(number -> SandboxFault.status(503, "300"));
        Thread stopper = new Thread(() -> {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !house.sandbox.requests().isEmpty());
            house.engine().stop();
        });
        house.sandbox.forgetRequests();
        stopper.start();
        Instant began = Instant.now();
        assertThat(house.syncDiscovered(false).status()).isEqualTo("cancelled");
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BROKEN", "TRUNCATED", "HTML", "500", "503", "429", "429 0"})
    void aSpoiledAnswerIsAskedForAgain(String fault) throws SQLException {
        house.things(25, "hash");
        house.sandbox.setFaults(number -> number == 2 ? fault(fault) : null);
        assertThat(house.sync().status()).isEqualTo("completed");
        expectEqual();
    }

    private static SandboxFault fault(String text) {
        String[] parts = text.split(" ", -1);
        if (Character.isDigit(text.charAt(0))) {
            int status = Integer.parseInt(parts[0]);
            return parts.length == 1 ? SandboxFault.status(status) : SandboxFault.status(status, parts[1]);
        }
        return SandboxFault.of(SandboxFault.Kind.valueOf(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "403", "404", "REDIRECT", "FIRST_PAGE"})
    void aFaultThatDoesNotPassFailsTheRunAndTheNextOneGoesOn(String fault) throws SQLException {
        house.things(25, "hash");
        house.sandbox.setFaults(number -> number >= 2 ? fault(fault) : null);
        Outcome failed = house.sync();
        assertThat(failed.status()).isEqualTo("failed");
        assertThat(failed.message()).contains("things");
        house.sandbox.setFaults(number -> null);
        assertThat(house.sync().status()).isEqualTo("completed");
        expectEqual();
    }

    @Test
    void aPackedBombIsBounded() {
        house.things(5, "hash");
        house.sandbox.setFaults(number -> SandboxFault.of(SandboxFault.Kind.BOMB));
        assertThat(house.sync().code()).isEqualTo("PAGE_TOO_LARGE");
    }

    @Test
    void aStormOf429EndsThrottledAndKeepsWhatCame() throws SQLException {
        house.things(40, "hash").with("caravan.connector.erp.throttle-time-budget", "2s");
        house.sandbox.setFaults(number -> number >= 3 ? SandboxFault.status(429, "1") : null);
        assertThat(house.sync().status()).isEqualTo("throttled");
        assertThat(house.stored()).hasSize(20);
        house.sandbox.setFaults(number -> null);
        assertThat(house.sync().status()).isEqualTo("completed");
        expectEqual();
    }

    @Test
    void anExpiredTokenIsRenewedInTheMiddleOfAListing() throws SQLException {
        house.things(35, "hash")
                .with("caravan.connector.erp.token", "")
                .with("caravan.connector.erp.username", ApiSmithSandbox.USER)
                .with("caravan.connector.erp.password", ApiSmithSandbox.PASSWORD);
        house.sandbox.setBeforeAnswer(number -> {
            if (number == 2) {
                house.sandbox.expireTokens();
            }
        });
        assertThat(house.sync().status()).isEqualTo("completed");
        expectEqual();
    }

    @Test
    void theNthRequestFailsForEveryN() throws SQLException {
        house.things(25, "hash");
        for (int n = 1; n <= 4; n++) {
            int failing = n;
            house.sandbox.setFaults(number -> number == failing ? SandboxFault.status(404) : null);
            assertThat(house.sync().status()).isEqualTo("failed");
        }
        house.sandbox.setFaults(number -> null);
        assertThat(house.sync().status()).isEqualTo("completed");
        expectEqual();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "rowversion"})
    void rowsThatMoveBetweenPagesAreNeitherLostNorCalledDeleted(String strategy) throws SQLException {
        house.things(50, strategy);
        house.sync();
        for (int round = 1; round <= 3; round++) {
            int offset = round * 100;
            house.sandbox.setBeforeAnswer(number -> {
                if (number == 3) {
                    house.sandbox.table("things").delete(1);
                    house.sandbox.table("things").insertAt(0, House.thing(offset));
                    house.sandbox.table("things").delete(4);
                }
            });
            assertThat(house.sync(true).status()).isEqualTo("completed");
        }
        house.sandbox.setBeforeAnswer(number -> {});
        assertThat(house.sync(true).status()).isEqualTo("completed");
        expectEqual();
    }

    @Test
    void randomEditsAndFaultsEndWithTheTargetEqualToTheSource() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        house.things(30, "auto");
        house.sync();
        for (int step = 0; step < 12; step++) {
            house.sandbox.setClock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(10L * step)));
            house.sandbox.table("things").updateSome(random.nextInt(3));
            house.sandbox.table("things").insertSome(random.nextInt(3));
            house.sandbox.table("things").deleteSome(random.nextInt(2));
            int failing = 1 + random.nextInt(6);
            int status = List.of(404, 403, 429).get(random.nextInt(3));
            house.sandbox.setFaults(number -> number == failing ? SandboxFault.status(status, "0") : null);
            house.sync(random.nextInt(4) == 0);
        }
        house.sandbox.setFaults(number -> null);
        assertThat(house.sync(true).status()).as("seed %d", seed).isEqualTo("completed");
        assertThat(house.stored()).as("seed %d", seed).isEqualTo(house.source());
    }

    @Test
    void aFirstLoadThatWasInterruptedGoesOnAtItsPage() throws SQLException {
        house.things(45, "rowversion");
        house.sandbox.setFaults(number -> number == 6 ? SandboxFault.status(404) : null);
        assertThat(house.sync().status()).isEqualTo("failed");
        assertThat(house.stored()).hasSize(30);
        house.restart();
        house.sandbox.setFaults(number -> null);
        house.sandbox.forgetRequests();
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.sandbox.requests().stream()
                        .filter(request -> request.contains("/data/"))
                        .findFirst()
                        .orElse(""))
                .contains("page=3");
        expectEqual();
    }

    @Test
    void aListingWhoseVersionsRiseWithTheKeyIsReadOnceAndNotAgainForItsLastRows() throws SQLException {
        house.things(45, "rowversion");
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.sandbox.requests().stream().filter(request -> request.contains("/data/")))
                .as("the first page and the last one looked at, then five pages, then what is above their newest row")
                .hasSize(8);
        expectEqual();
    }
}
