package dev.caravan.cli;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** On PostgreSQL. */
class PostgresMisdescribedIT extends MisdescribedContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }
}
