package dev.caravan.cli;

import java.nio.file.Path;

/** On SQLite. */
class SqliteMisdescribedIT extends MisdescribedContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
