package dev.caravan.pipeline;

import java.nio.file.Path;

/** Remembered in a SQLite file. */
final class SqliteScheduleHubIT extends ScheduleHubContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("state.db");
    }
}
