package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** On a real PostgreSQL. */
final class PostgresReplayIT extends ReplayContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }
}
