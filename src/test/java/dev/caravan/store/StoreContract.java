package dev.caravan.store;

import org.junit.jupiter.api.BeforeEach;

/** What every contract of the store begins with: a fixture of one database, emptied. */
abstract class StoreContract {
    /** The database that the contract is held to. */
    abstract StoreFixture fixture();

    @BeforeEach
    void empty() {
        fixture().clear();
    }
}
