package dev.caravan.pipeline;

import java.nio.file.Path;

/** On a SQLite file. */
final class SqliteNamesAndValuesIT extends NamesAndValuesContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
