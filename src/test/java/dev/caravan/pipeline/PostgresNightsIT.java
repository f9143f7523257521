package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** On PostgreSQL. */
final class PostgresNightsIT extends NightsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }
}
