package dev.caravan.pipeline;

import java.nio.file.Path;

/** At ScheduleHub, remembered in a SQLite file. */
final class ScheduleHubParentsIT extends ParentsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("state.db");
    }

    @Override
    House aim(House at) {
        return at.toHub("orders", "lines", "notes", "staff");
    }
}
