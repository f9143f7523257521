package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** Remembered in PostgreSQL. */
final class PostgresScheduleHubIT extends ScheduleHubContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }
}
