package dev.caravan.pipeline;

import java.nio.file.Path;

/** Two SQLite files. */
final class SqliteNamedDatabasesIT extends NamedDatabasesContractTest {
    @Override
    String archive(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("archive.db");
    }
}
