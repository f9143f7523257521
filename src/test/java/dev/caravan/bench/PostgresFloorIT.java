package dev.caravan.bench;

import dev.caravan.testing.Postgres;

/** The floor into PostgreSQL. */
class PostgresFloorIT extends FloorContractTest {
    @Override
    String database() {
        return Postgres.freshDatabase();
    }
}
