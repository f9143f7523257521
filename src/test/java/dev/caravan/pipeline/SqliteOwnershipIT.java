package dev.caravan.pipeline;

import java.nio.file.Path;

/** On a SQLite file. */
final class SqliteOwnershipIT extends OwnershipContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
