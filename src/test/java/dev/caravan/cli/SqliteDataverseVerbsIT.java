package dev.caravan.cli;

import java.nio.file.Path;

/** On SQLite. */
class SqliteDataverseVerbsIT extends DataverseVerbsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
