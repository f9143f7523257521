package dev.caravan.pipeline;

import java.nio.file.Path;

/** Into ScheduleHub, remembered in a SQLite file. */
final class ScheduleHubNightsIT extends NightsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("state.db");
    }

    @Override
    House aim(House at) {
        return at.toHub("things");
    }
}
