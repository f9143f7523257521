package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.support.TransactionTemplate;

final class CheckpointsTest {
    private static final int MEGABYTES = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void aLogThatHasGrownIsCarriedIntoTheFileWhileItIsOpen() throws IOException {
        Path file = folder.resolve("a.db");
        try (Database database = Database.open("jdbc:sqlite:" + file, null, null, 1, false)) {
            JdbcTemplate sql = new JdbcTemplate(database.joining());
            TransactionTemplate transaction = new TransactionTemplate(new Transactions(database));
            sql.execute("CREATE TABLE t (b BLOB)");
            for (int i = 0; i < 7; i++) {
                transaction.executeWithoutResult(any -> sql.update("INSERT INTO t VALUES (randomblob(10000000))"));
            }
            assertThat(file).hasSize(4096);
            for (int i = 0; i < 3; i++) {
                transaction.executeWithoutResult(any -> sql.update("INSERT INTO t VALUES (randomblob(10000000))"));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.size(file) > 80L * MEGABYTES);
            assertThat(sql.queryForObject("SELECT count(*) FROM t", Integer.class))
                    .isEqualTo(10);
        }
        assertThat(folder.resolve("a.db-wal")).doesNotExist();
        assertThat(Files.size(file)).isGreaterThan(95L * MEGABYTES);
    }

    @Test
    void theLogIsBegunAnewThoughSomebodyAlwaysWrites() throws IOException {
        Path log = folder.resolve("d.db-wal");
        try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("d.db"), null, null, 1, false)) {
            JdbcTemplate sql = new JdbcTemplate(database.joining());
            TransactionTemplate transaction = new TransactionTemplate(new Transactions(database));
            sql.execute("CREATE TABLE t (b BLOB)");
            for (int i = 0; i < 50; i++) {
                transaction.executeWithoutResult(any -> sql.update("INSERT INTO t VALUES (randomblob(10000000))"));
            }
            assertThat(Files.size(log)).as("of 500 MB").isLessThan((Checkpoints.MOST_PAGES - 1000) * 4096L);
            assertThat(sql.queryForObject("SELECT count(*) FROM t", Integer.class))
                    .isEqualTo(50);
        }
    }

    @Test
    void whatTheLogHoldsIsCarriedOnceLittleIsWritten() throws IOException {
        Path file = folder.resolve("e.db");
        try (Database database = Database.open("jdbc:sqlite:" + file, null, null, 1, false)) {
            JdbcTemplate sql = new JdbcTemplate(database.joining());
            sql.execute("CREATE TABLE t (b BLOB)");
            database.rest();
            sql.update("INSERT INTO t VALUES (randomblob(10000000))");
            assertThat(file).hasSize(4096);
            database.rest();
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.size(file) > 9L * MEGABYTES);
        }
    }

    @Test
    void whereItCannotBeCarriedThatIsToldOnceAndTriedAgain() throws IOException {
        Path log = folder.resolve("b.db-wal");
        try (RandomAccessFile large = new RandomAccessFile(log.toFile(), "rw")) {
            large.setLength(100L * MEGABYTES);
        }
        AtomicInteger tried = new AtomicInteger();
        List<String> told = new CopyOnWriteArrayList<>();
        DataSource broken = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                tried.incrementAndGet();
                throw new SQLException("disk full");
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
        Checkpoints checkpoints = new Checkpoints(log.toFile(), broken, broken, told::add);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            checkpoints.committed();
            return tried.get() > 2;
        });
        checkpoints.close();
        checkpoints.committed();
        assertThat(told).singleElement().asString().contains("b.db-wal grows").contains("disk full");
    }

    @Test
    void aDatabaseMayBeClosedTwiceAndBehindALink() throws IOException {
        Path real = Files.createDirectories(folder.resolve("elsewhere")).resolve("c.db");
        Path link = Files.createSymbolicLink(folder.resolve("c.db"), Files.createFile(real));
        Database database = Database.open("jdbc:sqlite:" + link, null, null, 1, false);
        JdbcTemplate sql = new JdbcTemplate(database.joining());
        TransactionTemplate transaction = new TransactionTemplate(new Transactions(database));
        sql.execute("CREATE TABLE t (b BLOB)");
        for (int i = 0; i < 10; i++) {
            transaction.executeWithoutResult(any -> sql.update("INSERT INTO t VALUES (randomblob(10000000))"));
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.size(real) > 80L * MEGABYTES);
        database.close();
        database.close();
        assertThat(folder.resolve("elsewhere/c.db-wal")).doesNotExist();
    }
}
