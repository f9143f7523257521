package dev.caravan.pipeline;

import java.nio.file.Path;

/** On SQLite. */
final class SqliteDataversePagingIT extends DataversePagingContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target-" + System.nanoTime() + ".db");
    }
}
