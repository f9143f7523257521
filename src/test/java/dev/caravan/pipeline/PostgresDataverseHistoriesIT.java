package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** On PostgreSQL. */
final class PostgresDataverseHistoriesIT extends DataverseHistoriesContract {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }

    @Override
    void drop(String jdbcUrl) {
        Postgres.drop(jdbcUrl);
    }
}
