package dev.caravan.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** All contracts of the store on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContracts {
    private StoreFixture fixture;

    /** The JDBC URL of a database with nothing in it. */
    abstract String freshDatabase();

    @BeforeAll
    void open() {
        fixture = new StoreFixture(freshDatabase());
    }

    @AfterAll
    void close() {
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
    final class Statistics extends StatisticsContractTest {
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

    @Nested
    final class Waiting extends WaitingContractTest {
        @Override
        StoreFixture fixture() {
            return fixture;
        }
    }
}
