package dev.caravan.store;

import dev.caravan.testing.Postgres;

final class PostgresMigrationsIT extends MigrationsContractTest {
    @Override
    String freshUrl() {
        return Postgres.freshDatabase();
    }
}
