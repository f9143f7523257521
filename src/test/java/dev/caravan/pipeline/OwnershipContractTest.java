package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.Owner;
import dev.caravan.route.Outcome;
import dev.caravan.store.Database;
import dev.caravan.store.LockRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose run it is: several processes at one database, owners that died, and state that cannot be vouched for. */
abstract class OwnershipContractTest extends HouseContract {
    private static final int LOCKED = 8;
    private static final Owner ELSEWHERE = new Owner("elsewhere", 4711, Instant.EPOCH);

    @Test
    void ofTwoProcessesAtOneDatabaseOneLeavesOrWaits() throws IOException, InterruptedException, SQLException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Path file = house.things(35, "hash").write();
        house.sandbox.setBeforeAnswer(number -> {
            if (number == 2) {
                asked.countDown();
                await(answered);
            }
        });
        Child first = Child.sync(file);
        await(asked);
        Child hasty = Child.sync(file, "--wait", "0s");
        assertThat(hasty.end()).as(hasty.said()).isEqualTo(LOCKED);
        assertThat(hasty.said()).contains("is being synced by process " + first.pid());
        Child patient = Child.sync(file, "--wait", "60s");
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> house.sandbox.requests().stream()
                                .filter(request -> request.endsWith("/apis"))
                                .count()
                        >= 3);
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        answered.countDown();
        assertThat(first.end()).as(first.said()).isZero();
        assertThat(patient.end()).as(patient.said()).isZero();
        Laws.hold(house, "two processes");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody came");
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"50, locked", "61, completed"})
    void aLockFromElsewhereIsTakenOverAfterAMinuteWithoutASignOfLife(int silent, String ending) throws SQLException {
        house.things(5, "hash").sync();
        String entity = String.valueOf(house.one("SELECT uid FROM " + house.own("entities")));
        Clock then = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-silent));
        try (Database other = Database.open(house.jdbcUrl, null, null, 2, false)) {
            new LockRepository(other, then, ELSEWHERE, owner -> true)
                    .acquire(entity, "0190f000-0000-7000-8000-000000000001");
        }
        house.sandbox.edit("things", 1, 1, 1);
        assertThat(house.sync().status()).isEqualTo(ending);
    }

    @Test
    @Tag("proof")
    void aLongRunGivesSignsOfLife() throws SQLException {
        house.things(25, "hash").sync();
        String heartbeat = "SELECT heartbeat_at FROM " + house.own("entity_locks");
        String[] beats = new String[2];
        house.sandbox.setBeforeAnswer(number -> {
            if (number == 2) {
                beats[0] = ask(heartbeat);
                Awaitility.await()
                        .atMost(40, TimeUnit.SECONDS)
                        .until(() -> !ask(heartbeat).equals(beats[0]));
                beats[1] = ask(heartbeat);
            }
        });
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(beats[1]).isGreaterThan(beats[0]);
    }

    private String ask(String query) {
        try {
            return String.valueOf(house.one(query));
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, things", "5, things", "7, things"})
    void aRunThatAnotherProcessClosedStoresNothingMore(int request, String api) throws SQLException {
        house.things(35, "rowversion");
        house.sandbox.setBeforeAnswer(number -> {
            if (number == request) {
                closeRun();
            }
        });
        Outcome lost = house.sync();
        assertThat(lost.code()).isEqualTo("RUN_LOST");
        assertThat(house.one("SELECT cursor_value FROM " + house.own("sync_cursors")))
                .as(api)
                .isNull();
        assertThat(house.one("SELECT status FROM " + house.own("sync_runs"))).isEqualTo("failed");
        assertThat(house.one("SELECT error_code FROM " + house.own("sync_runs")))
                .isEqualTo("INTERRUPTED");
        house.sandbox.setBeforeAnswer(number -> {});
        assertThat(house.sync(true).status()).isEqualTo("completed");
        Laws.hold(house, "a stolen run");
    }

    private void closeRun() {
        try {
            house.execute("UPDATE " + house.own("sync_runs")
                    + " SET status = 'failed', error_code = 'INTERRUPTED' WHERE status = 'running'");
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void stateOfANewerReleaseIsRefused() throws SQLException, IOException, InterruptedException {
        house.things(5, "hash").sync();
        house.restart();
        String history = house.isSqlite() ? "caravan_flyway" : "caravan.flyway_history";
        house.execute("INSERT INTO " + history + " (installed_rank, version, description, type, script, checksum,"
                + " installed_by, installed_on, execution_time, success)"
                + " SELECT 99, '99', 'later', type, 'V99__later.sql', 1, installed_by, installed_on, 1, success FROM "
                + history + " WHERE version = '1'");
        Child refused = Child.sync(house.write());
        assertThat(refused.end()).isEqualTo(2);
        assertThat(refused.said()).contains("newer version");
        assertThat(house.stored()).isEqualTo(house.source());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE %ssync_cursors SET checkpoint = '{\"page\":'",
                "UPDATE %ssync_cursors SET checkpoint = '{\"page\":-1,\"page_size\":10}'",
                "UPDATE %sentities SET columns = '[{'",
                "UPDATE %sentities SET columns = 'null'",
                "DROP TABLE %ssync_cursors"
            })
    void damagedStateIsRefusedAndNotGuessedAt(String damage) throws SQLException {
        house.things(15, "rowversion").sync();
        house.restart();
        house.execute(damage.formatted(house.isSqlite() ? "caravan_" : "caravan."));
        house.sandbox.edit("things", 1, 1, 1);
        int before = house.stored().size();
        assertThatThrownBy(() -> {
                    Outcome outcome = house.sync();
                    throw new CaravanException(
                            dev.caravan.fault.FaultKind.CONFIGURATION,
                            String.valueOf(outcome.code()),
                            outcome.status());
                })
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo("STATE_REFUSED"));
        assertThat(house.stored()).hasSize(before);
    }
}
