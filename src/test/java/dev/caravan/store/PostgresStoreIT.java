package dev.caravan.store;

import dev.caravan.testing.Postgres;

/** On a real PostgreSQL. */
final class PostgresStoreIT extends StoreContracts {
    @Override
    String freshDatabase() {
        return Postgres.freshDatabase();
    }
}
