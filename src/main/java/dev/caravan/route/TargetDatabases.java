package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.DatabaseSettings;
import dev.caravan.config.Secret;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.model.EntityRecord;
import dev.caravan.store.Database;
import dev.caravan.store.Migrations;
import dev.caravan.store.Transactions;
import dev.caravan.target.sql.TableMaker;
import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.PostgresDialect;
import dev.caravan.target.sql.dialect.SqliteDialect;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** The databases that the connectors use, each opened once. Safe for several threads. */
final class TargetDatabases implements AutoCloseable {
    private final Settings settings;
    private final Map<DatabaseSettings, TargetDatabase> open = new LinkedHashMap<>();
    private final List<FutureTask<Void>> migrations = new ArrayList<>();

    private TargetDatabases(Settings settings) {
        this.settings = settings;
    }

    /**
     * Opens them, and begins to bring what they remember to this version: {@link #awaitMigrations} has to come before their
     * use. The main one is among them if a connector uses it.
     *
     * @param gate what all connections go through
     */
    static TargetDatabases open(Settings settings, Clock clock, UnaryOperator<DataSource> gate) {
        TargetDatabases databases = new TargetDatabases(settings);
        try {
            for (ConnectorSettings connector : settings.connectors()) {
                DatabaseSettings wanted = settings.databaseOf(connector);
                if (!databases.open.containsKey(wanted)) {
                    boolean main = wanted.equals(settings.database());
                    String suffix = main ? "" : "-" + connector.database().orElse("");
                    databases.open(wanted, suffix, clock, gate);
                }
            }
            if (databases.open.isEmpty()) {
                databases.open(settings.database(), "", clock, gate);
            }
            return databases;
        } catch (RuntimeException failed) {
            databases.close();
            throw failed;
        }
    }

    private void open(DatabaseSettings wanted, String suffix, Clock clock, UnaryOperator<DataSource> gate) {
        Database database = connect(wanted, settings.workers(), false).through(gate);
        database.tellWaits(LoggerFactory.getLogger(TargetDatabases.class)::warn);
        Dialect dialect = database.isSqlite() ? new SqliteDialect() : new PostgresDialect();
        Transactions transactions = new Transactions(database);
        open.put(
                wanted,
                new TargetDatabase(
                        suffix,
                        database,
                        Stores.over(database, clock),
                        dialect,
                        new TableMaker(database.joining(), dialect),
                        transactions,
                        new TransactionTemplate(transactions)));
        FutureTask<Void> migration = new FutureTask<>(() -> Migrations.migrate(database), null);
        migrations.add(migration);
        new Thread(migration, "migrations" + suffix).start();
    }

    /**
     * Waits until what they remember is of this version.
     *
     * @throws CaravanException if one of them cannot be brought to it
     */
    void awaitMigrations() throws InterruptedException {
        for (FutureTask<Void> migration : migrations) {
            try {
                migration.get();
            } catch (ExecutionException failed) {
                throw Faults.of(failed.getCause());
            }
        }
    }

    static Database connect(DatabaseSettings settings, int workers, boolean readOnly) {
        return Database.open(
                settings.url(),
                settings.username().orElse(null),
                settings.password().map(Secret::value).orElse(null),
                workers + 4,
                readOnly);
    }

    /** All of them, the main one first if it is among them. */
    Collection<TargetDatabase> all() {
        return open.values().stream()
                .sorted(Comparator.comparing(TargetDatabase::suffix))
                .toList();
    }

    /** The main one; where no connector uses it, the first. */
    TargetDatabase main() {
        return all().iterator().next();
    }

    /** The one of a connector. */
    TargetDatabase of(ConnectorSettings connector) {
        TargetDatabase found = open.get(settings.databaseOf(connector));
        if (found == null) {
            throw new IllegalStateException("The database of " + connector.name() + " is not open");
        }
        return found;
    }

    /** The one of the connector that stands before the dot in an entity's name; empty if that is not configured. */
    Optional<TargetDatabase> ofEntity(String name) {
        int dot = name.indexOf('.');
        return settings.connector(dot < 0 ? name : name.substring(0, dot)).map(this::of);
    }

    /** What is remembered of the entities of connectors that are configured, each from its connector's database. */
    List<EntityRecord> entities() {
        List<EntityRecord> entities = new ArrayList<>();
        open.forEach((place, database) -> database.stores().entities().all().stream()
                .filter(entity -> settings.connector(entity.connector())
                        .filter(connector -> settings.databaseOf(connector).equals(place))
                        .isPresent())
                .forEach(entities::add));
        entities.sort(Comparator.comparing(EntityRecord::name));
        return entities;
    }

    /** Little is written from now on, as a rule. */
    void rest() {
        open.values().forEach(each -> each.database().rest());
    }

    @Override
    public void close() {
        open.values().forEach(TargetDatabase::close);
    }
}
