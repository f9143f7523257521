package dev.caravan.target.sql;

import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.PostgresDialect;
import dev.caravan.testing.Postgres;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

final class PostgresRealSchemasIT extends RealSchemasContractTest {
    @Override
    DataSource dataSource() {
        return new SingleConnectionDataSource(Postgres.freshDatabase(), true);
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect();
    }
}
