package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** On a real PostgreSQL. */
final class PostgresPipelineTroubleIT extends PipelineTroubleContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }
}
