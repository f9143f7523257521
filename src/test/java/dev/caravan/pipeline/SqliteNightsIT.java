package dev.caravan.pipeline;

import java.nio.file.Path;

/** On a SQLite file. */
final class SqliteNightsIT extends NightsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
