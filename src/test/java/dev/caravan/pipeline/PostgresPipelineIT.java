package dev.caravan.pipeline;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** On a real PostgreSQL, started for these tests. */
final class PostgresPipelineIT extends PipelineContractTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    @Override
    String freshDatabase(Path folder) {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder().start();
            }
            String name = "t" + NUMBER.incrementAndGet();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return server.getJdbcUrl("postgres", name);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
