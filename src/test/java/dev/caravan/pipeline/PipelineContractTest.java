package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever the database: the target is what the source is, and the counts say how it came to be so. */
abstract class PipelineContractTest extends HouseContract {
    private void expectEqual() throws SQLException {
        assertThat(house.stored()).isEqualTo(house.source());
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs")
                        + " WHERE status = 'completed' AND records_fetched <> records_inserted + records_updated"
                        + " + records_skipped + records_failed + records_pending + records_repeated"))
                .isEqualTo("0");
    }

    @Test
    void firstSyncBringsEveryRowAndTheSecondChangesNothing() throws SQLException {
        house.things(35, "hash");
        Outcome first = house.sync();
        assertThat(first.status()).isEqualTo("completed");
        assertThat(first.counts().inserted()).isEqualTo(35);
        expectEqual();
        Outcome second = house.sync();
        assertThat(second.counts().unchanged()).isTrue();
        assertThat(second.counts().skipped()).isEqualTo(35);
        expectEqual();
    }

    @Test
    void anEmptyTableAndOneRowAndAFullLastPageAreFine() throws SQLException {
        house.things(0, "hash");
        assertThat(house.sync().status()).isEqualTo("completed");
        expectEqual();
        house.sandbox.table("things").insert(House.thing(1));
        assertThat(house.sync().counts().inserted()).isEqualTo(1);
        expectEqual();
        for (int i = 2; i <= 20; i++) {
            house.sandbox.table("things").insert(House.thing(i));
        }
        assertThat(house.sync().counts().inserted()).isEqualTo(19);
        expectEqual();
    }

    @Test
    void insertsUpdatesAndDeletesArriveAndADeletedRowKeepsItsValues() throws SQLException {
        house.things(25, "hash");
        house.sync();
        SandboxTable things = house.sandbox.table("things");
        things.update(3, SandboxRow.values("NAME", "Renamed"));
        things.delete(10);
        things.insert(House.thing(99));
        Outcome outcome = house.sync();
        assertThat(outcome.counts().inserted()).isEqualTo(1);
        assertThat(outcome.counts().updated()).isEqualTo(1);
        assertThat(outcome.counts().deleted()).isEqualTo(1);
        expectEqual();
        assertThat(house.one("SELECT \"NAME\" FROM things WHERE \"ID\" = 'T-11'"))
                .isEqualTo("Thing 11");
    }

    @Test
    void aRowThatComesBackIsRevivedUnderItsOldIdentity() throws SQLException {
        house.things(5, "hash");
        house.sync();
        String identity = house.one("SELECT _bridge_id FROM things WHERE \"ID\" = 'T-2'");
        house.sandbox.table("things").delete(1);
        house.sync();
        house.sandbox.table("things").insert(House.thing(2));
        house.sync();
        expectEqual();
        assertThat(house.one("SELECT _bridge_id FROM things WHERE \"ID\" = 'T-2'"))
                .isEqualTo(identity);
    }

    @Test
    void aDeltaAsksOnlyAboveTheCursorAndLosesNoTieWithinASecond() throws SQLException {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        house.sandbox.setClock(Clock.fixed(noon, ZoneOffset.UTC));
        house.things(25, "rowversion");
        SandboxTable things = house.sandbox.table("things");
        house.sandbox.setClock(Clock.fixed(noon.plusSeconds(5), ZoneOffset.UTC));
        things.update(0, SandboxRow.values("NAME", "Later"));
        house.sync();
        assertThat(house.one("SELECT cursor_value FROM " + house.own("sync_cursors")))
                .isEqualTo("20260101120005");
        things.update(1, SandboxRow.values("NAME", "In the same second"));
        house.sandbox.forgetRequests();
        Outcome outcome = house.sync();
        assertThat(outcome.counts().updated()).isEqualTo(1);
        assertThat(outcome.counts().fetched()).isEqualTo(2);
        assertThat(house.sandbox.requests()).anyMatch(request -> request.contains("rowversion_gt=20260101120000"));
        expectEqual();
    }

    @Test
    void oneBadRowIsAloneInTheDeadLettersAndGoesWhenItIsCorrected() throws SQLException {
        house.things(30, "hash");
        SandboxTable things = house.sandbox.table("things");
        things.update(12, SandboxRow.values("AMOUNT", "not a number"));
        Outcome outcome = house.sync();
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(outcome.counts().inserted()).isEqualTo(29);
        assertThat(house.one("SELECT stage FROM " + house.own("failed_records")))
                .isEqualTo("NORMALISE");
        assertThat(house.one("SELECT reference FROM " + house.own("failed_records")))
                .isEqualTo("things[ID=T-13]");
        house.sync();
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("1");
        things.update(12, SandboxRow.values("AMOUNT", "13.25"));
        house.sync();
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("0");
        expectEqual();
    }

    @Test
    void aDeadLetterIsNewOnceOnly() throws SQLException {
        house.things(10, "hash");
        house.sandbox.table("things").update(4, SandboxRow.values("AMOUNT", "not a number"));
        assertThat(house.sync().newDeadLetters()).isEqualTo(1);
        Outcome again = house.sync();
        assertThat(again.counts().failed()).isEqualTo(1);
        assertThat(again.newDeadLetters()).isZero();
        house.sandbox.table("things").update(5, SandboxRow.values("AMOUNT", "nor this"));
        assertThat(house.sync().newDeadLetters()).isEqualTo(1);
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

    @Test
    void aStoredRowThatBecomesBadIsNotTakenForDeleted() throws SQLException {
        house.things(5, "hash");
        house.sync();
        house.sandbox.table("things").update(2, SandboxRow.values("BORN", "never"));
        Outcome outcome = house.sync();
        assertThat(outcome.counts().deleted()).isZero();
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(house.stored()).containsKey("T-3");
    }

    @Test
    void twoRowsWhoseKeysFallTogetherLeaveOneDeadLetter() throws SQLException {
        house.things(5, "hash");
        Map<String, @Nullable Object> twin = House.thing(3);
        twin.put("ID", "T-3 ");
        twin.put("NAME", "Twin");
        house.sandbox.table("things").insert(twin);
        Outcome outcome = house.sync();
        assertThat(house.stored()).hasSize(5);
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(house.one("SELECT error_code FROM " + house.own("failed_records")))
                .isEqualTo("DUPLICATE_KEY");
    }

    @Test
    void manyMissingRowsWaitForAPersonsWord() throws SQLException {
        house.things(100, "hash").with("caravan.max-delete-rows", "5");
        house.sync();
        for (int i = 0; i < 60; i++) {
            house.sandbox.table("things").delete(0);
        }
        Outcome held = house.sync();
        assertThat(held.status()).isEqualTo("held");
        assertThat(house.stored()).hasSize(100);
        String uid =
                house.engine().stores().entities().find("things").orElseThrow().uid();
        house.engine().stores().entities().approveDeletes(uid, true);
        Outcome approved = house.sync();
        assertThat(approved.counts().deleted()).isEqualTo(60);
        expectEqual();
    }

    @Test
    void aWordForADeletionDoesNotHoldForALaterOne() throws SQLException {
        house.things(100, "full");
        house.sync();
        String uid =
                house.engine().stores().entities().find("things").orElseThrow().uid();
        house.engine().stores().entities().approveDeletes(uid, true);
        house.sync();
        for (int i = 0; i < 100; i++) {
            house.sandbox.table("things").delete(0);
        }
        assertThat(house.sync().status()).isEqualTo("held");
        assertThat(house.stored()).hasSize(100);
    }

    @Test
    void deletionsAreFoundToo_WhereTheSourceDoesNotLookUpByKey() throws SQLException {
        house.things(30, "hash");
        house.sync();
        house.sandbox.setOptions(SandboxOptions.defaults().withKeyLookup(false));
        house.sandbox.table("things").delete(7);
        assertThat(house.sync().counts().deleted()).isEqualTo(1);
        expectEqual();
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
    void aNewColumnIsAddedAndAWiderOneIsAltered() throws SQLException {
        house.things(5, "hash");
        house.sync();
        SandboxTable things = house.sandbox.table("things");
        things.addColumn(SandboxColumn.text("COLOUR", 10), "red");
        things.retypeColumn(SandboxColumn.text("NAME", 400));
        assertThat(house.discover())
                .anyMatch(line -> line.contains("COLOUR added"))
                .anyMatch(line -> line.contains("NAME widened"));
        assertThat(house.discover()).isEmpty();
        house.sync();
        assertThat(house.one("SELECT count(*) FROM things WHERE \"COLOUR\" = 'red'"))
                .isEqualTo("5");
        expectEqual();
    }

    @Test
    void aChangedKeyStopsTheEntityAndAGoneApiIsDisabled() {
        house.things(5, "hash");
        house.sync();
        house.sandbox.table("things").changeKey("NAME");
        Outcome stopped = house.sync();
        assertThat(stopped.code()).isEqualTo("SCHEMA_STOPPED");
        house.sandbox.withdraw("things");
        assertThat(house.discover()).anyMatch(line -> line.contains("gone from the source"));
        assertThat(house.engine()
                        .stores()
                        .entities()
                        .find("things")
                        .orElseThrow()
                        .enabled())
                .isFalse();
    }

    @Test
    void fieldsThatNoColumnExplainsAreKept() throws SQLException {
        house.things(3, "hash");
        Map<String, @Nullable Object> odd = House.thing(4);
        odd.put("SURPRISE", "kept");
        house.sandbox.table("things").insert(odd);
        house.sync();
        assertThat(house.one("SELECT _bridge_extra FROM things WHERE \"ID\" = 'T-4'"))
                .isEqualTo("{\"SURPRISE\":\"kept\"}");
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
