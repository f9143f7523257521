package dev.caravan.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMigrationsTest extends MigrationsContractTest {
    @TempDir
    Path folder;

    @Override
    String freshUrl() {
        return "jdbc:sqlite:" + folder.resolve("state.db");
    }
}
