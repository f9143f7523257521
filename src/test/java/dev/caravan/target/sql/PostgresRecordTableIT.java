package dev.caravan.target.sql;

import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.PostgresDialect;
import dev.caravan.testing.Postgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresRecordTableIT extends RecordTableContractTest {
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    @Override
    DataSource dataSource() {
        source.setUrl(Postgres.freshDatabase() + "&stringtype=unspecified");
        source.setOptions("-c TimeZone=UTC");
        return source;
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect();
    }

    @BeforeEach
    void makeOurSchema() {
        jdbc().execute("CREATE SCHEMA IF NOT EXISTS caravan");
    }
}
