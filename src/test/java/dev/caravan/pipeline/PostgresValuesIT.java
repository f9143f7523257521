package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;

/** On a real PostgreSQL, started for these tests. */
final class PostgresValuesIT extends ValuesContractTest {
    @Override
    String asText(String type) {
        return switch (type) {
            case "RAW", "BLOB" -> "encode(\"V\", 'hex')";
            case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> "replace(CAST(\"V\" AT TIME ZONE 'UTC' AS text), ' ', 'T')";
            case "BINARY_DOUBLE" -> "replace(CAST(\"V\" AS text), 'e+', 'e')";
            default -> "CAST(\"V\" AS text)";
        };
    }

    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }
}
