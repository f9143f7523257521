package dev.caravan.target.sql;

import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.SqliteDialect;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

final class SqliteRealSchemasTest extends RealSchemasContractTest {
    @Override
    DataSource dataSource() {
        return new SingleConnectionDataSource("jdbc:sqlite::memory:", true);
    }

    @Override
    Dialect dialect() {
        return new SqliteDialect();
    }
}
