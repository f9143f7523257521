package dev.caravan.pipeline;

import java.nio.file.Path;

/** On SQLite. */
final class SqliteDataverseDriftIT extends DataverseDriftContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target-" + System.nanoTime() + ".db");
    }
}
