package dev.caravan.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * An open database: the pool, and what differs between SQLite and PostgreSQL for our own tables.
 *
 * <p>SQLite gets one connection: there is one writer, and a second one only waits. Safe for several threads.
 */
public final class Database implements AutoCloseable {
    private static final String SQLITE = "jdbc:sqlite:";

    private final HikariDataSource pool;
    private final boolean sqlite;

    private Database(HikariDataSource pool, boolean sqlite) {
        this.pool = pool;
        this.sqlite = sqlite;
    }

    /**
     * Opens a database.
     *
     * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://…}
     * @param username null for none
     * @param password null for none; never shown
     * @param connections size of the pool; SQLite always gets one
     * @param readOnly whether nothing is to be written, nor a missing file made
     * @throws CaravanException DATABASE_UNREACHABLE
     */
    public static Database open(
            String url, @Nullable String username, @Nullable String password, int connections, boolean readOnly) {
        boolean sqlite = url.startsWith(SQLITE);
        if (sqlite) {
            requireFolder(url.substring(SQLITE.length()), readOnly);
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword(password);
        config.setMaximumPoolSize(sqlite ? 1 : connections);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(Duration.ofMinutes(sqlite ? 10 : 1).toMillis());
        config.setInitializationFailTimeout(Duration.ofSeconds(5).toMillis());
        config.setReadOnly(readOnly);
        config.setRegisterMbeans(false);
        config.setPoolName("caravan");
        config.setDataSourceProperties(sqlite ? sqliteProperties(readOnly) : postgresProperties());
        try {
            return new Database(new HikariDataSource(config), sqlite);
        } catch (RuntimeException unreachable) {
            throw new CaravanException(
                    FaultKind.TRANSIENT,
                    "DATABASE_UNREACHABLE",
                    "The database " + shown(url) + " cannot be opened: "
                            + root(unreachable).getMessage(),
                    unreachable);
        }
    }

    private static void requireFolder(String file, boolean readOnly) {
        Path path = Path.of(file).toAbsolutePath();
        Path folder = path.getParent();
        boolean missing = readOnly ? !Files.exists(path) : folder != null && !Files.isDirectory(folder);
        if (missing) {
            String what = readOnly
                    ? "There is no database yet at " + path + "; run 'caravan sync' first"
                    : "The folder of the database does not exist: " + folder;
            throw new CaravanException(FaultKind.CONFIGURATION, "DATABASE_MISSING", what);
        }
    }

    private static Properties sqliteProperties(boolean readOnly) {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "10000");
        if (readOnly) {
            properties.setProperty("open_mode", "1");
            return properties;
        }
        properties.setProperty("journal_mode", "WAL");
        properties.setProperty("synchronous", "NORMAL");
        properties.setProperty("cache_size", "-65536");
        properties.setProperty("temp_store", "MEMORY");
        properties.setProperty("transaction_mode", "IMMEDIATE");
        return properties;
    }

    private static Properties postgresProperties() {
        Properties properties = new Properties();
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty("ApplicationName", "caravan");
        properties.setProperty("prepareThreshold", "1");
        return properties;
    }

    private static String shown(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Connections of their own. */
    public DataSource pool() {
        return pool;
    }

    /** Connections that join the transaction of the calling thread, where there is one. */
    public DataSource joining() {
        return new TransactionAwareDataSourceProxy(pool);
    }

    /** Whether it is SQLite; else PostgreSQL. */
    public boolean isSqlite() {
        return sqlite;
    }

    /** Name of one of our own tables, ready for SQL. */
    String table(String name) {
        return sqlite ? "caravan_" + name : "caravan." + name;
    }

    @Override
    public void close() {
        pool.close();
    }
}
