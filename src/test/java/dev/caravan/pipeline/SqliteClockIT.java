package dev.caravan.pipeline;

import java.nio.file.Path;

/** On a SQLite file. */
final class SqliteClockIT extends ClockContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
