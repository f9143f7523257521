package dev.caravan.cli;

import java.nio.file.Path;

/** On SQLite. */
class SqliteMappingsIT extends MappingsContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
