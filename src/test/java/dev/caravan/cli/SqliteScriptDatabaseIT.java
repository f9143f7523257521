package dev.caravan.cli;

import java.nio.file.Path;

/** On SQLite. */
class SqliteScriptDatabaseIT extends ScriptDatabaseContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
