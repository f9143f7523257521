package dev.caravan.cli;

import java.nio.file.Path;

/** On SQLite. */
class SqliteDataverseSchemaVerbsIT extends DataverseSchemaVerbsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
