package dev.caravan.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** All contracts of the store on SQLite. */
final class SqliteStoreTest {
    @TempDir
    static Path folder;

    private static StoreFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new StoreFixture("jdbc:sqlite:" + folder.resolve("state.db"));
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Nested
    final class Entities extends EntitiesContractTest {
        @Override
        StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    final class Runs extends RunsContractTest {
        @Override
        StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    final class Cursors extends CursorsContractTest {
        @Override
        StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    final class Locks extends LocksContractTest {
        @Override
        StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    final class DeadLetters extends DeadLettersContractTest {
        @Override
        StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    final class Others extends OthersContractTest {
        @Override
        StoreFixture fixture() {
            return fixture;
        }
    }
}
