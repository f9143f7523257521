package dev.caravan.store;

import com.zaxxer.hikari.HikariConfig;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** One SQLite file, and the settings with which it is opened (https://www.sqlite.org/pragma.html). */
final class SqliteFile {
    static final String PREFIX = "jdbc:sqlite:";

    private static final int CACHE_KIBIBYTES = 64 * 1024;
    /** Temporary tables may grow past this into a file; sorting for an index is faster than where all is kept in memory. */
    private static final String TEMPORARY_CACHE = "PRAGMA temp.cache_size = " + -CACHE_KIBIBYTES;

    private static final int BUSY_MILLISECONDS = 30_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String url;
    private final Path path;

    private SqliteFile(String url, Path path) {
        this.url = url;
        this.path = path;
    }

    static SqliteFile of(String url) {
        String file = url.substring(PREFIX.length());
        int question = file.indexOf('?');
        String name = question < 0 ? file : file.substring(0, question);
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:")) {
            throw refused("DATABASE_KIND", "A SQLite database must be the name of a file, not \"" + name + "\"");
        }
        try {
            return new SqliteFile(url, Path.of(name).toAbsolutePath());
        } catch (InvalidPathException e) {
            throw refused("DATABASE_KIND", "\"" + name + "\" cannot be the name of a file");
        }
    }

    /** @param teller is told, a line each, of waits for another process that writes */
    HikariConfig writable(Consumer<String> teller) {
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw refused("DATABASE_MISSING", "The folder of the database does not exist: " + folder);
        }
        if (Files.exists(path) ? !Files.isRegularFile(path) || !Files.isWritable(path) : !Files.isWritable(folder)) {
            throw refused("DATABASE_READ_ONLY", path + " cannot be written; give this user the right to");
        }
        HikariConfig pool = pool(new Writable(writing(), path, teller), url);
        pool.setConnectionInitSql("PRAGMA wal_autocheckpoint = " + Checkpoints.MOST_PAGES);
        return pool;
    }

    private static SQLiteConfig writing() {
        SQLiteConfig config = common();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.NORMAL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return config;
    }

    /**
     * @param turns of the one connection that writes
     * @param teller is told, a line each, of what cannot be carried
     */
    Checkpoints checkpoints(DataSource turns, Consumer<String> teller) {
        SQLiteDataSource source = new SQLiteDataSource(writing());
        source.setUrl(url);
        return new Checkpoints(log().toFile(), source, turns, teller);
    }

    /** Beside the file itself, where the path is a link to it. */
    private Path log() {
        try {
            Path file = Files.exists(path) ? path.toRealPath() : path;
            return file.resolveSibling(file.getFileName() + "-wal");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    HikariConfig readOnly() {
        if (!Files.exists(path)) {
            throw refused("DATABASE_MISSING", "There is no database yet at " + path + "; run 'caravan sync' first");
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw refused("DATABASE_UNREACHABLE", path + " is no file that this user may read");
        }
        SQLiteConfig config = common();
        config.setReadOnly(true);
        HikariConfig pool = pool(new SQLiteDataSource(config), readOnlyUrl());
        pool.setReadOnly(true);
        return pool;
    }

    /**
     * Without a write-ahead log nobody is writing, and the file may be read as it lies; otherwise SQLite would make a
     * log and its index, and leave them behind.
     */
    private String readOnlyUrl() {
        if (Files.exists(log())) {
            return url;
        }
        return PREFIX + "file:" + path.toUri().getRawPath() + "?immutable=1";
    }

    /** The driver lets one thread at a time into a connection; SQLite need not see to it once more at each value. */
    private static SQLiteConfig common() {
        SqliteLibrary.use();
        SQLiteConfig config = new SQLiteConfig();
        config.setCacheSize(-CACHE_KIBIBYTES);
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setBusyTimeout(BUSY_MILLISECONDS);
        config.enforceForeignKeys(false);
        return config;
    }

    private static HikariConfig pool(SQLiteDataSource source, String url) {
        source.setUrl(url);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        return config;
    }

    /** Connections that say so when they wait for another writer. */
    private static final class Writable extends SQLiteDataSource {
        private final Path path;
        private final Consumer<String> teller;

        Writable(SQLiteConfig config, Path path, Consumer<String> teller) {
            super(config);
            this.path = path;
            this.teller = teller;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            BusyHandler.setHandler(connection, new Busy(path.toString(), teller));
            try (Statement statement = connection.createStatement()) {
                statement.execute(TEMPORARY_CACHE);
            }
            return connection;
        }
    }

    private static CaravanException refused(String code, String message) {
        return new CaravanException(FaultKind.CONFIGURATION, code, message);
    }
}
