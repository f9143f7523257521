package dev.caravan.cli;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** On PostgreSQL. */
class PostgresDataverseVerbsIT extends DataverseVerbsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }
}
