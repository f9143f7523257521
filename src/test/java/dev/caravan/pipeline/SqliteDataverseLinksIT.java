package dev.caravan.pipeline;

import java.nio.file.Path;

/** On SQLite. */
final class SqliteDataverseLinksIT extends DataverseLinksContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target-" + System.nanoTime() + ".db");
    }
}
