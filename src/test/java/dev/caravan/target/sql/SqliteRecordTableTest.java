package dev.caravan.target.sql;

import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.SqliteDialect;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

final class SqliteRecordTableTest extends RecordTableContractTest {
    @TempDir
    Path folder;

    @Override
    DataSource dataSource() {
        return new SingleConnectionDataSource("jdbc:sqlite:" + folder.resolve("target.db"), true);
    }

    @Override
    Dialect dialect() {
        return new SqliteDialect();
    }
}
