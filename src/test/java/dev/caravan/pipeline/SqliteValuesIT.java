package dev.caravan.pipeline;

import java.nio.file.Path;

/** On a SQLite file. */
final class SqliteValuesIT extends ValuesContractTest {
    private int number;

    @Override
    String asText(String type) {
        return switch (type) {
            case "BOOLEAN" -> "CASE V WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
            case "RAW", "BLOB" -> "CASE WHEN V IS NULL THEN NULL ELSE lower(hex(V)) END";
            case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> "replace(replace(V, '.000000Z', ''), 'Z', '')";
            case "BINARY_DOUBLE" -> "replace(CAST(V AS TEXT), 'e+', 'e')";
            default -> "CAST(V AS TEXT)";
        };
    }

    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target" + number++ + ".db");
    }
}
