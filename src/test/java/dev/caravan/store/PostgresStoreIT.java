package dev.caravan.store;

import dev.caravan.testing.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** All contracts of the store on PostgreSQL. */
final class PostgresStoreIT {

    private static StoreFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new StoreFixture(Postgres.freshDatabase());
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
