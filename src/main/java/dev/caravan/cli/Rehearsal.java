package dev.caravan.cli;

import dev.caravan.config.DatabaseSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Stores;
import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.PostgresDialect;
import dev.caravan.target.sql.dialect.SqliteDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stage for what must leave no trace: SQLite files of its own in place of the databases, with what is remembered and
 * stored copied into them. A run on it does all that a real one would; then the files go. The databases are only read.
 */
final class Rehearsal implements AutoCloseable {
    private static final int AT_ONCE = 1000;

    private final Path folder;
    private final Settings settings;
    private final Optional<State> real;
    private final Map<DatabaseSettings, DatabaseSettings> copies = new LinkedHashMap<>();

    private Rehearsal(Settings settings, Clock clock) throws IOException {
        this.folder = Files.createTempDirectory("caravan-rehearsal");
        this.settings = settings.withDatabases(this::copyOf);
        this.real = State.toRead(settings, clock);
    }

    /** @throws CaravanException if a database cannot be read */
    static Rehearsal begin(Settings settings, Clock clock) {
        try {
            return new Rehearsal(settings, clock);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private DatabaseSettings copyOf(DatabaseSettings original) {
        return copies.computeIfAbsent(
                original,
                one -> new DatabaseSettings(
                        "jdbc:sqlite:" + folder.resolve("copy" + copies.size() + ".db"), null, null));
    }

    /** The settings with the copies as databases. */
    Settings settings() {
        return settings;
    }

    /** The latest runs of an entity as they are remembered; empty for one that is not known yet. */
    List<RunRecord> runs(EntityRecord entity, int most) {
        return known().stream()
                .filter(one -> one.uid().equals(entity.uid()))
                .findFirst()
                .flatMap(one -> real.map(state -> state.stores(one).runs().latest(one.uid(), most)))
                .orElse(List.of());
    }

    /** Lets an engine on the copies know the entities that are known, before it discovers. */
    void remember(Engine engine) {
        for (EntityRecord entity : known()) {
            settings.connector(entity.connector()).ifPresent(connector -> {
                Stores to = engine.stores(connector);
                String uid = to.connectors()
                        .register(
                                connector.name(),
                                connector.type(),
                                connector.url().toString());
                to.entities().add(uid, entity, connector.schedule().every().toSeconds());
                Stores from = real.orElseThrow().stores(entity);
                copyStanding(entity, to);
                copyCursors(entity, from, to);
                from.schemas()
                        .newest(entity.uid())
                        .ifPresent(newest -> to.schemas().copy(entity.uid(), newest));
            });
        }
    }

    private static void copyStanding(EntityRecord entity, Stores to) {
        to.entities().setNote(entity.uid(), entity.note());
        to.entities().approveDeletes(entity.uid(), entity.deletesApproved());
        if (entity.lastSyncStatus() != null) {
            to.entities().setStatus(entity.uid(), entity.lastSyncStatus());
        }
        if (entity.lastFullPassAt() != null) {
            to.entities().setLastFullPass(entity.uid(), entity.lastFullPassAt());
        }
        if (!entity.firstLoad()) {
            to.entities().setTotal(entity.uid(), entity.total());
        }
    }

    private static void copyCursors(EntityRecord entity, Stores from, Stores to) {
        from.cursors()
                .values(entity.uid())
                .forEach((type, value) -> to.cursors().put(entity.uid(), type, value));
        for (String name : List.of("DEFINITION", "ROWS", "PLAN")) {
            from.cursors()
                    .kept(entity.uid(), name)
                    .ifPresent(text -> to.cursors().keep(entity.uid(), name, text));
        }
    }

    private List<EntityRecord> known() {
        return real.map(State::entities).orElse(List.of());
    }

    /** Copies the rows of entities into the tables that discovery made. */
    void fill(List<EntityRecord> entities) {
        Set<String> wanted = new HashSet<>();
        entities.forEach(entity -> wanted.add(entity.uid()));
        for (EntityRecord entity : known()) {
            if (wanted.contains(entity.uid())) {
                try {
                    fill(entity);
                } catch (SQLException failed) {
                    throw new CaravanException(
                            FaultKind.TRANSIENT,
                            "REHEARSAL_FAILED",
                            entity.name() + ": its rows cannot be copied: " + failed.getMessage(),
                            failed);
                }
            }
        }
    }

    private void fill(EntityRecord entity) throws SQLException {
        State state = real.orElseThrow();
        boolean sqlite = state.database(entity).isSqlite();
        Dialect dialect = sqlite ? new SqliteDialect() : new PostgresDialect();
        String from = dialect.table(entity.schema(), entity.table());
        String to = new SqliteDialect().table(entity.schema(), entity.table());
        String copy = settings.connector(entity.connector())
                .map(settings::databaseOf)
                .orElseThrow()
                .url();
        try (Connection source = state.database(entity).pool().getConnection();
                Connection target = DriverManager.getConnection(copy)) {
            source.setAutoCommit(false);
            target.setAutoCommit(false);
            List<String> columns = shared(columns(source, from), columns(target, to), dialect);
            if (!columns.isEmpty()) {
                copy(source, target, from, to, columns);
                target.commit();
            }
            source.rollback();
        }
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                names.add(none.getMetaData().getColumnName(i));
            }
            return names;
        } catch (SQLException noTable) {
            connection.rollback();
            return List.of();
        }
    }

    private static List<String> shared(List<String> one, List<String> other, Dialect dialect) {
        Set<String> present = new HashSet<>();
        other.forEach(name -> present.add(name.toLowerCase(Locale.ROOT)));
        return one.stream()
                .filter(name -> present.contains(name.toLowerCase(Locale.ROOT)))
                .map(dialect::quote)
                .toList();
    }

    private static void copy(Connection source, Connection target, String from, String to, List<String> columns)
            throws SQLException {
        String list = String.join(", ", columns);
        String marks = "?" + ", ?".repeat(columns.size() - 1);
        try (Statement reading = source.createStatement();
                PreparedStatement writing =
                        target.prepareStatement("INSERT INTO " + to + " (" + list + ") VALUES (" + marks + ")")) {
            reading.setFetchSize(AT_ONCE);
            try (ResultSet rows = reading.executeQuery("SELECT " + list + " FROM " + from)) {
                int waiting = 0;
                while (rows.next()) {
                    for (int i = 1; i <= columns.size(); i++) {
                        writing.setObject(i, plain(rows, i));
                    }
                    writing.addBatch();
                    waiting = (waiting + 1) % AT_ONCE;
                    if (waiting == 0) {
                        writing.executeBatch();
                    }
                }
                writing.executeBatch();
            }
        }
    }

    private static @Nullable Object plain(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        boolean kept = value == null
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof byte[];
        return kept ? value : rows.getString(column);
    }

    @Override
    public void close() {
        real.ifPresent(State::close);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
