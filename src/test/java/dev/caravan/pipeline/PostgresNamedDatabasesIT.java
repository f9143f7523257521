package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** SQLite and PostgreSQL in one process. */
final class PostgresNamedDatabasesIT extends NamedDatabasesContractTest {
    @Override
    String archive(Path folder) {
        return Postgres.freshDatabase();
    }
}
