package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.fault.FaultKind;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.ScheduleHubSandbox;
import dev.caravan.testing.FaultySql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trouble of ScheduleHub, or of the database that remembers, is no matter of a record: the run ends and says so. */
final class ScheduleHubTroubleIT {
    @TempDir
    Path folder = Path.of("");

    private House house = new House("", Path.of(""));

    @BeforeEach
    void open() {
        house.close();
        house = new House("jdbc:sqlite:" + folder.resolve("state.db"), folder)
                .toHub("things")
                .with("caravan.connector.hub.data-timeout", "1s")
                .with("caravan.connector.hub.retry-time-budget", "300ms")
                .with("caravan.connector.hub.throttle-time-budget", "300ms")
                .with("caravan.connector.erp.retry-time-budget", "300ms");
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** What is in trouble. */
    enum Trouble {
        HUB_GONE,
        HUB_BROKEN,
        HUB_SILENT,
        HUB_BUSY,
        HUB_REFUSES_TOKENS,
        HUB_FORBIDS,
        DATABASE_READ_ONLY,
        DATABASE_GONE
    }

    private ScheduleHubSandbox hub() {
        ScheduleHubSandbox hub = house.hub();
        if (hub == null) {
            throw new AssertionError("Its things go into a table");
        }
        return hub;
    }

    private void begin(Trouble trouble) {
        switch (trouble) {
            case HUB_GONE -> hub().faults().always(SandboxFault.of(SandboxFault.Kind.LOST));
            case HUB_BROKEN -> hub().faults().always(SandboxFault.status(500));
            case HUB_SILENT -> hub().faults().always(SandboxFault.hang(Duration.ofSeconds(20)));
            case HUB_BUSY -> hub().faults().always(SandboxFault.waitFor(429, Duration.ofSeconds(60)));
            case HUB_REFUSES_TOKENS -> hub().faults().always(SandboxFault.status(401));
            case HUB_FORBIDS -> hub().faults().always(SandboxFault.status(403));
            case DATABASE_READ_ONLY -> house.sql().arm(FaultySql.Kind.REFUSED, 25);
            case DATABASE_GONE -> house.sql().arm(FaultySql.Kind.GONE, 25);
        }
    }

    @ParameterizedTest
    @Timeout(120)
    @CsvSource({
        "HUB_GONE, failed, TRANSIENT, cannot be reached",
        "HUB_BROKEN, failed, TRANSIENT, answered 500",
        "HUB_SILENT, failed, TRANSIENT, cannot be reached",
        "HUB_BUSY, throttled, THROTTLED, asks to wait",
        "HUB_REFUSES_TOKENS, failed, DENIED, check the token",
        "HUB_FORBIDS, failed, DENIED, lacks the right",
        "DATABASE_READ_ONLY, failed, CONFIGURATION, takes no writes",
        "DATABASE_GONE, failed, TRANSIENT, cannot be read or written"
    })
    void nothingBecomesADeadLetterAndTheRunSaysWhatIsWrong(Trouble trouble, String status, FaultKind kind, String words)
            throws SQLException {
        house.things(30, "hash");
        assertThat(house.sync().status()).isEqualTo("completed");
        for (int i = 0; i < 20; i++) {
            house.sandbox.table("things").update(i, SandboxRow.values("NAME", "New " + i));
        }
        house.sandbox.table("things").insert(House.thing(99));
        begin(trouble);
        Outcome outcome = house.syncDiscovered(false);
        hub().faults().clear();
        house.sql().disarm();
        house.restart();
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.message()).contains(words);
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("0");
        assertThat(house.sync().status()).isEqualTo("completed");
        Laws.hold(house, "trouble: " + trouble);
    }
}
