package dev.caravan.bench;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The floor into a SQLite file. */
class SqliteFloorTest extends FloorContractTest {
    @TempDir
    private Path folder = Path.of("");

    @Override
    String database() {
        return "jdbc:sqlite:" + folder.resolve("floor.db");
    }
}
