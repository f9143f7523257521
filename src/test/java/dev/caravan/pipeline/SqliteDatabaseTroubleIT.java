package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On a SQLite file. */
final class SqliteDatabaseTroubleIT extends DatabaseTroubleContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("state.db");
    }

    @Test
    void aWriterElsewhereIsWaitedFor() throws Exception {
        try (Connection other = DriverManager.getConnection(house.jdbcUrl());
                Statement statement = other.createStatement()) {
            ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor();
            List<Future<?>> released = new ArrayList<>();
            Outcome outcome = trouble(
                    () -> {
                        statement.execute("BEGIN IMMEDIATE");
                        released.add(keeper.schedule(() -> statement.execute("ROLLBACK"), 4, TimeUnit.SECONDS));
                    },
                    () -> {});
            keeper.shutdown();
            for (Future<?> each : released) {
                each.get();
            }
            assertThat(outcome.status()).isEqualTo("completed");
            assertThat(told()).anyMatch(line -> line.startsWith("Another process is writing into "));
        }
        expectNothingLost();
    }

    /** No page can be added to the file, as on a disk that is full. */
    @Test
    void theFileCannotGrow() throws SQLException {
        house.things(60, "hash");
        house.sync();
        house.execute("VACUUM");
        house.restart();
        house.with("caravan.database.url", house.jdbcUrl() + "?max_page_count=1")
                .with("caravan.connector.erp.retry-time-budget", "300ms");
        for (int i = 100; i < 400; i++) {
            house.sandbox.table("things").insert(House.thing(i));
        }
        Outcome outcome = house.syncDiscovered(false);
        house.restart();
        house.with("caravan.database.url", house.jdbcUrl());
        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.message()).contains("the disk is full");
        expectNothingLost();
    }
}
