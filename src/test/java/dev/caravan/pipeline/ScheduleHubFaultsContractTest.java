package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.RequestLog;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.testing.FaultySql;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** The n-th call to ScheduleHub and the n-th statement fail, with each database that remembers. */
abstract class ScheduleHubFaultsContractTest extends HubContract {
    @Test
    void whatWasStoredThoughItsAnswerWasLostIsNotStoredTwiceAndCountsAsNew() throws SQLException {
        house.with("caravan.connector.hub.page-size", "50").things(20, "hash");
        hub.faults().on(BATCH).byNumber(number -> number == 2 ? SandboxFault.broken(10) : null);
        Outcome outcome = house.sync();
        assertThat(outcome.message()).isNull();
        assertThat(hub.faults().counts()).isNotEmpty();
        assertThat(outcome.counts().inserted()).isEqualTo(20);
        assertThat(outcome.counts().skipped()).isZero();
        expectEqual();

        hub.faults().clear();
        SandboxTable things = house.sandbox.table("things");
        things.update(3, SandboxRow.values("NAME", "Renamed"));
        things.delete(10);
        hub.faults().byNumber(number -> number % 4 == 2 ? SandboxFault.late(Duration.ofSeconds(5)) : null);
        Outcome second = house.sync();
        assertThat(second.counts().updated()).isEqualTo(1);
        assertThat(second.counts().deleted()).isEqualTo(1);
        expectEqual();
    }

    @Test
    void aTokenThatExpiresAndARequestToWaitAndABusyServerAreGoneThrough() throws SQLException {
        house.things(30, "hash");
        house.sync();
        hub.expireTokens();
        for (int i = 0; i < 30; i++) {
            house.sandbox.table("things").update(i, SandboxRow.values("NAME", "New " + i));
        }
        hub.faults().at(3, SandboxFault.waitFor(429, Duration.ofSeconds(1)));
        hub.faults().at(6, SandboxFault.status(503));
        Outcome outcome = house.sync();
        assertThat(outcome.counts().updated()).isEqualTo(30);
        expectEqual();
        assertThat(hub.log().entries().stream().map(RequestLog.Entry::path)).contains(ApiSmithSandbox.LOGIN);
    }

    private void begin(int round) {
        SandboxTable things = house.sandbox.table("things");
        things.update(round % 12, SandboxRow.values("NAME", "Round " + round));
        things.insert(House.thing(100 + round));
        things.delete(12);
    }

    private void failQuickly() {
        house.with("caravan.connector.hub.page-size", "50")
                .with("caravan.connector.hub.retry-time-budget", "0s")
                .with("caravan.connector.erp.retry-time-budget", "0s")
                .things(25, "hash");
        house.sync();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOST", "500", "403", "TRUNCATED", "HTML"})
    void theNthCallToScheduleHubFailsForEveryN(String fault) throws SQLException {
        failQuickly();
        int failed = 0;
        for (boolean hit = true; hit; ) {
            begin(failed);
            SandboxFault wrong = Character.isDigit(fault.charAt(0))
                    ? SandboxFault.status(Integer.parseInt(fault))
                    : SandboxFault.of(SandboxFault.Kind.valueOf(fault));
            int before = hub.faults().counts().getOrDefault(wrong.name(), 0);
            hub.faults().at(failed + 1, wrong);
            String status = house.sync().status();
            hub.faults().clear();
            hit = hub.faults().counts().getOrDefault(wrong.name(), 0) > before;
            assertThat(status).as("call %d", failed + 1).isEqualTo(hit ? "failed" : "completed");
            failed += hit ? 1 : 0;
            assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                    .as("dead letters after call %d", failed)
                    .isEqualTo("0");
            assertThat(house.sync().status()).isEqualTo("completed");
            expectEqual();
        }
        assertThat(failed).isGreaterThanOrEqualTo(5);
    }

    @Test
    void theNthStatementFailsForEveryNAndNothingIsStoredTwice() throws SQLException {
        failQuickly();
        int failed = 0;
        int n = 1;
        for (boolean hit = true; hit; n += 4) {
            begin(n);
            house.discover();
            house.sql().arm(FaultySql.Kind.REFUSED, n);
            try {
                house.syncDiscovered(false);
            } catch (DataAccessException beforeTheRun) {
                assertThat(n).isLessThan(5);
            }
            hit = !house.sql().disarm().isEmpty();
            failed += hit ? 1 : 0;
            assertThat(house.sync().status()).as("after statement %d", n).isEqualTo("completed");
            expectEqual();
        }
        assertThat(failed).isGreaterThan(5);
    }
}
