package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** On a real PostgreSQL, started for these tests. */
final class PostgresNamesAndValuesIT extends NamesAndValuesContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }
}
