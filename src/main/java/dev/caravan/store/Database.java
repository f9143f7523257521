package dev.caravan.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.ManyTexts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * An open database: the pool, and what differs between SQLite and PostgreSQL for our own tables.
 *
 * <p>SQLite gets one connection: there is one writer, and a second one only waits. Its log has another, see
 * {@link Checkpoints}. Safe for several threads.
 */
public final class Database implements AutoCloseable {
    private static final String POSTGRES = "jdbc:postgresql:";
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);

    private final HikariDataSource pool;
    private final DataSource source;
    private final boolean sqlite;
    private final Teller teller;
    private final @Nullable Checkpoints checkpoints;

    private Database(
            HikariDataSource pool,
            DataSource source,
            boolean sqlite,
            Teller teller,
            @Nullable Checkpoints checkpoints) {
        this.pool = pool;
        this.source = source;
        this.sqlite = sqlite;
        this.teller = teller;
        this.checkpoints = checkpoints;
    }

    /** Hands lines on to whoever listens by then. */
    private static final class Teller implements Consumer<String> {
        private volatile Consumer<String> listener = line -> {};

        @Override
        public void accept(String line) {
            listener.accept(line);
        }
    }

    /**
     * Opens a database.
     *
     * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://…}
     * @param username null for none
     * @param password null for none; never shown
     * @param connections size of the pool, at least 2 are made of it; SQLite always gets one
     * @param readOnly whether nothing is to be written, nor a missing file made
     * @throws CaravanException if it cannot be reached, is damaged, or is of another kind; its message never holds a
     *     password, nor what stands behind a question mark in the address
     */
    public static Database open(
            String url, @Nullable String username, @Nullable String password, int connections, boolean readOnly) {
        boolean sqlite = url.startsWith(SqliteFile.PREFIX);
        if (!sqlite && !url.startsWith(POSTGRES)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "DATABASE_KIND",
                    "The database must be jdbc:sqlite:FILE or jdbc:postgresql://HOST/NAME, not " + shown(url));
        }
        Teller teller = new Teller();
        HikariConfig config =
                sqlite ? sqlite(url, readOnly, teller) : postgres(url, username, password, readOnly ? 1 : connections);
        config.setReadOnly(readOnly);
        config.setMaxLifetime(0);
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(sqlite ? 1 : Duration.ofSeconds(5).toMillis());
        config.setRegisterMbeans(false);
        config.setPoolName("caravan");
        HikariDataSource pool = start(config, url, sqlite);
        Checkpoints checkpoints = sqlite && !readOnly ? SqliteFile.of(url).checkpoints(pool, teller) : null;
        return new Database(pool, sqlite ? pool : new PromptPool(pool), sqlite, teller, checkpoints);
    }

    private static HikariConfig sqlite(String url, boolean readOnly, Consumer<String> teller) {
        SqliteFile file = SqliteFile.of(url);
        return readOnly ? file.readOnly() : file.writable(teller);
    }

    /**
     * Flyway needs two connections at once: one for its turn, one for its work. The driver would set the session to this
     * machine's zone, in which a date that becomes a time would be a midnight of that zone. A lock that somebody else holds
     * is waited for as long as nobody would wonder; then the transaction is tried again, and the wait is told of.
     */
    private static HikariConfig postgres(
            String url, @Nullable String username, @Nullable String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword(password);
        config.setMaximumPoolSize(Math.max(2, connections));
        config.setConnectionTimeout(PromptPool.LOOK_EVERY.toMillis());
        config.setConnectionInitSql("SET TIME ZONE 'UTC'; SET lock_timeout = '" + LOCK_PATIENCE.toSeconds() + "s'");
        config.setExceptionOverride(new RefusalsKeepConnections());
        config.addDataSourceProperty("stringtype", "unspecified");
        config.addDataSourceProperty("ApplicationName", "caravan");
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("loginTimeout", "10");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    private static HikariDataSource start(HikariConfig config, String url, boolean sqlite) {
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(config);
            if (sqlite) {
                readCatalogue(pool);
            }
            return pool;
        } catch (SQLException | RuntimeException failure) {
            if (pool != null) {
                pool.close();
            }
            throw DatabaseFaults.of("Opening the database " + shown(url), failure);
        }
    }

    /** SQLite reads a file only when it is asked something: this finds damage in its head and its catalogue. */
    private static void readCatalogue(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
            result.next();
        }
    }

    private static String shown(String url) {
        int query = url.indexOf('?');
        String address = query < 0 ? url : url.substring(0, query);
        int slashes = address.indexOf("//");
        int at = address.lastIndexOf('@');
        return slashes < 0 || at < slashes ? address : address.substring(0, slashes + 2) + address.substring(at + 1);
    }

    /** The same database, its connections handed out through a gate that may watch or disturb them. */
    public Database through(UnaryOperator<DataSource> gate) {
        return new Database(pool, gate.apply(source), sqlite, teller, checkpoints);
    }

    /** From now on tells of a wait for another process that writes into the same file, a line each; before, of none. */
    public void tellWaits(Consumer<String> listener) {
        teller.listener = listener;
    }

    /** Connections of their own. */
    public DataSource pool() {
        return source;
    }

    /** Connections that join the transaction of the calling thread, where there is one. */
    public DataSource joining() {
        return new TransactionAwareDataSourceProxy(source);
    }

    /** Whether it is SQLite; else PostgreSQL. */
    public boolean isSqlite() {
        return sqlite;
    }

    /** Name of one of our own tables, ready for SQL. */
    String table(String name) {
        return sqlite ? "caravan_" + name : "caravan." + name;
    }

    /** A condition that a column of text holds one of many values; its one parameter is {@link #many}. */
    String among(String column) {
        return sqlite ? column + " IN (SELECT value FROM json_each(?))" : column + " = ANY(CAST(? AS text[]))";
    }

    /** The parameter of {@link #among}. */
    String many(Collection<String> values) {
        return sqlite ? ManyTexts.json(values) : ManyTexts.array(values);
    }

    /** A transaction was committed. */
    void committed() {
        if (checkpoints != null) {
            checkpoints.committed();
        }
    }

    /** Little is written from now on, as a rule: what can be done before it is closed is begun. */
    public void rest() {
        if (checkpoints != null) {
            checkpoints.rest();
        }
    }

    @Override
    public void close() {
        try {
            if (checkpoints != null) {
                checkpoints.close();
            }
        } finally {
            pool.close();
        }
    }
}
