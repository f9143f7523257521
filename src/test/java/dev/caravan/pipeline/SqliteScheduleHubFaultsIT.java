package dev.caravan.pipeline;

import java.nio.file.Path;

/** On a SQLite file. */
final class SqliteScheduleHubFaultsIT extends ScheduleHubFaultsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target-" + System.nanoTime() + ".db");
    }
}
