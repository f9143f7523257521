package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxRow;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/**
 * The database itself is in trouble in the middle of a run: no record becomes a dead letter for that, and the next run
 * leaves the target equal to the source.
 */
abstract class DatabaseTroubleContractTest extends HouseContract {
    /** What makes trouble, or ends it. */
    interface Act {
        void happen() throws SQLException;
    }

    /** A run in which trouble begins at its third request; it is over once the run has ended. */
    Outcome trouble(Act begin, Act end) throws SQLException {
        house.with("caravan.connector.erp.retry-time-budget", budget).things(60, "hash");
        assertThat(house.sync().status()).isEqualTo("completed");
        for (int i = 0; i < 50; i++) {
            house.sandbox
                    .table("things")
                    .update(i, SandboxRow.values("NAME", "New and rather longer than before " + i));
        }
        house.sandbox.table("things").insert(House.thing(99));
        AtomicBoolean begun = new AtomicBoolean();
        house.discover();
        house.sandbox.setBeforeAnswer(number -> {
            if (number == 3 && begun.compareAndSet(false, true)) {
                happen(begin);
            }
        });
        Outcome outcome = house.syncDiscovered(false);
        house.sandbox.setBeforeAnswer(number -> {});
        assertThat(begun).isTrue();
        end.happen();
        house.restart();
        return outcome;
    }

    /** How long a run tries again. */
    String budget = "300ms";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.caravan.route");
    }

    /** What was said while things happened. */
    List<String> told() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static void happen(Act act) {
        try {
            act.happen();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void expectNothingLost() throws SQLException {
        assertThat(house.one("SELECT count(*) FROM " + house.own("failed_records")))
                .isEqualTo("0");
        assertThat(house.sync().status()).isEqualTo("completed");
        Laws.hold(house, "trouble of the database");
    }
}
