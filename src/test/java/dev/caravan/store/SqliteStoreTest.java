package dev.caravan.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On a SQLite file. */
final class SqliteStoreTest extends StoreContracts {
    @TempDir
    static Path folder;

    @Override
    String freshDatabase() {
        return "jdbc:sqlite:" + folder.resolve("state.db");
    }
}
