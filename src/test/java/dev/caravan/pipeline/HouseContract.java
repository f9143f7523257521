package dev.caravan.pipeline;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A contract that every database is held to, each test in a house of its own with an empty one. */
abstract class HouseContract {
    @TempDir
    Path folder = Path.of("");

    House house = new House("", Path.of(""));

    /** The JDBC URL of a database with nothing in it. */
    abstract String freshDatabase(Path folder);

    /** Where the things go, if not into a table. */
    House aim(House at) {
        return at;
    }

    @BeforeEach
    void open() {
        house.close();
        house = aim(new House(freshDatabase(folder), folder));
    }

    @AfterEach
    void close() {
        house.close();
    }
}
