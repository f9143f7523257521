package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
    void theLogIsBegunAnewThoughSomebodyAlwaysWrites() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("d.db");
        try (Connection writer = DriverManager.getConnection(url)) {
            execute(writer, "PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0", "CREATE TABLE t (b BLOB)");
            for (int i = 0; i < 10; i++) {
                execute(writer, "INSERT INTO t VALUES (randomblob(10000000))");
            }
            AtomicInteger lent = new AtomicInteger();
            DataSource turns = source(() -> {
                execute(writer, "INSERT INTO t VALUES (randomblob(100000))");
                lent.incrementAndGet();
                return DriverManager.getConnection(url);
            });
            Checkpoints checkpoints = new Checkpoints(
                    folder.resolve("d.db-wal").toFile(),
                    source(() -> DriverManager.getConnection(url)),
                    turns,
                    line -> {});
            checkpoints.committed();
            await().atMost(Duration.ofMinutes(1)).until(() -> lent.get() == 1);
            checkpoints.close();
            execute(writer, "INSERT INTO t VALUES (1)");
            try (Statement statement = writer.createStatement();
                    ResultSet log = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
                assertThat(log.getInt(2)).as("pages in the log").isLessThan(100);
            }
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
        DataSource broken = source(() -> {
            tried.incrementAndGet();
            throw new SQLException("disk full");
        });
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
    void noTurnIsTakenWhileSomebodyReadsWhatIsToBeCarried() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("f.db");
        AtomicInteger lent = new AtomicInteger();
        DataSource turns = source(() -> {
            lent.incrementAndGet();
            return DriverManager.getConnection(url);
        });
        try (Connection writer = DriverManager.getConnection(url);
                Connection reader = DriverManager.getConnection(url)) {
            execute(writer, "PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0", "CREATE TABLE t (b BLOB)");
            execute(reader, "BEGIN", "SELECT count(*) FROM t");
            for (int i = 0; i < 10; i++) {
                execute(writer, "INSERT INTO t VALUES (randomblob(10000000))");
            }
            Checkpoints checkpoints = new Checkpoints(
                    folder.resolve("f.db-wal").toFile(),
                    source(() -> DriverManager.getConnection(url)),
                    turns,
                    line -> {});
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofMinutes(1)).until(() -> {
                checkpoints.committed();
                return lent.get() == 0;
            });
            execute(reader, "COMMIT");
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                checkpoints.committed();
                return lent.get() == 1;
            });
            checkpoints.close();
            assertThat(folder.resolve("f.db"))
                    .satisfies(file -> assertThat(Files.size(file)).isGreaterThan(95L * MEGABYTES));
        }
    }

    @Test
    void anEndDoesNotWaitForATurn() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("g.db");
        CountDownLatch asked = new CountDownLatch(1);
        List<String> told = new CopyOnWriteArrayList<>();
        DataSource never = source(() -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                throw new SQLException("interrupted", interrupted);
            }
            throw new SQLException("never");
        });
        try (Connection writer = DriverManager.getConnection(url)) {
            execute(writer, "PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0", "CREATE TABLE t (b BLOB)");
            for (int i = 0; i < 10; i++) {
                execute(writer, "INSERT INTO t VALUES (randomblob(10000000))");
            }
            Checkpoints checkpoints = new Checkpoints(
                    folder.resolve("g.db-wal").toFile(),
                    source(() -> DriverManager.getConnection(url)),
                    never,
                    told::add);
            checkpoints.committed();
            await().atMost(Duration.ofMinutes(1)).until(() -> asked.getCount() == 0);
            checkpoints.close();
            assertThat(told).isEmpty();
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Where connections come from. */
    private interface Connecting {
        Connection connect() throws SQLException;
    }

    private static DataSource source(Connecting connecting) {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return connecting.connect();
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
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
