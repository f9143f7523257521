package dev.caravan.cli;

import dev.caravan.config.DatabaseSettings;
import dev.caravan.config.Secret;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Owner;
import dev.caravan.route.Stores;
import dev.caravan.store.Database;
import dev.caravan.store.Migrations;
import dev.caravan.store.Uids;
import dev.caravan.target.sql.TableMaker;
import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.PostgresDialect;
import dev.caravan.target.sql.dialect.SqliteDialect;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/**
 * What is remembered, opened without Camel: to read, which changes nothing, or to change. Each connector's part of it is in
 * the database that holds the connector's tables.
 */
final class State implements AutoCloseable {
    private static final int CONNECTIONS = 2;

    private final Settings settings;
    private final List<Place> places = new ArrayList<>();

    private State(Settings settings) {
        this.settings = settings;
    }

    /** One database with what it remembers. */
    private record Place(DatabaseSettings where, Database database, Stores stores) {}

    /**
     * Opens it to read; empty if there is none yet.
     *
     * @throws CaravanException if a database cannot be opened
     */
    static Optional<State> toRead(Settings settings, Clock clock) {
        State state = new State(settings);
        try {
            for (DatabaseSettings where : databases(settings)) {
                readable(where, clock).ifPresent(state.places::add);
            }
        } catch (RuntimeException failed) {
            state.close();
            throw failed;
        }
        return state.places.isEmpty() ? Optional.empty() : Optional.of(state);
    }

    /** Those that connectors use, the main one first where it is among them. */
    static Set<DatabaseSettings> databases(Settings settings) {
        Set<DatabaseSettings> used = new LinkedHashSet<>();
        settings.connectors().forEach(connector -> used.add(settings.databaseOf(connector)));
        Set<DatabaseSettings> ordered = new LinkedHashSet<>();
        if (used.isEmpty() || used.contains(settings.database())) {
            ordered.add(settings.database());
        }
        ordered.addAll(used);
        return ordered;
    }

    private static Optional<Place> readable(DatabaseSettings settings, Clock clock) {
        Database database;
        try {
            database = open(settings, true);
        } catch (CaravanException fault) {
            if (fault.code().equals("DATABASE_MISSING")) {
                return Optional.empty();
            }
            throw fault;
        }
        Stores stores = Stores.over(database, clock);
        try {
            stores.entities().all();
            return Optional.of(new Place(settings, database, stores));
        } catch (DataAccessException refused) {
            database.close();
            if (says(refused, "42P01", "no such table")) {
                return Optional.empty();
            }
            if (says(refused, "42703", "no such column")) {
                throw new CaravanException(
                        FaultKind.CONFIGURATION,
                        "STATE_OF_OTHER_VERSION",
                        "What " + settings.shownUrl() + " remembers was written by another version of Caravan;"
                                + " 'caravan sync' brings it to this one",
                        refused);
            }
            throw refused;
        }
    }

    /** SQLSTATE of PostgreSQL (appendix A of its manual); SQLite has only its text. */
    private static boolean says(DataAccessException refused, String state, String text) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(refused);
        return cause instanceof SQLException sql && state.equals(sql.getSQLState())
                || String.valueOf(cause.getMessage()).contains(text);
    }

    /**
     * Opens it to change something in it, after bringing it to this version.
     *
     * @throws CaravanException STATE_MISSING if there is none yet
     */
    static State toChange(Settings settings, Clock clock) {
        Optional<State> readable = toRead(settings, clock);
        if (readable.isEmpty()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "STATE_MISSING",
                    "Nothing was synced into " + settings.database().shownUrl() + " yet; run 'caravan sync' first");
        }
        List<DatabaseSettings> present =
                readable.get().places.stream().map(Place::where).toList();
        readable.get().close();
        State state = new State(settings);
        try {
            for (DatabaseSettings where : present) {
                Database database = open(where, false);
                database.tellWaits(LoggerFactory.getLogger(State.class)::warn);
                state.places.add(new Place(where, database, Stores.over(database, clock)));
                Migrations.migrate(database);
            }
        } catch (RuntimeException failed) {
            state.close();
            throw failed;
        }
        return state;
    }

    private static Database open(DatabaseSettings settings, boolean readOnly) {
        return Database.open(
                settings.url(),
                settings.username().orElse(null),
                settings.password().map(Secret::value).orElse(null),
                CONNECTIONS,
                readOnly);
    }

    /** What is remembered in each database. */
    List<Stores> all() {
        return places.stream().map(Place::stores).toList();
    }

    /** All entities, by name; of a connector that is configured only those in its own database. */
    List<EntityRecord> entities() {
        List<EntityRecord> entities = new ArrayList<>();
        for (Place place : places) {
            place.stores().entities().all().stream()
                    .filter(entity -> isAt(entity, place))
                    .forEach(entities::add);
        }
        entities.sort(Comparator.comparing(EntityRecord::name));
        return entities;
    }

    private boolean isAt(EntityRecord entity, Place place) {
        return settings.connector(entity.connector())
                .map(settings::databaseOf)
                .map(place.where()::equals)
                .orElse(true);
    }

    /** Names of tables that stand beside those of the entities and are none of ours. */
    List<String> unexplained() {
        List<String> names = new ArrayList<>();
        try {
            for (Place place : places) {
                List<EntityRecord> here = entities().stream()
                        .filter(entity -> isAt(entity, place))
                        .toList();
                names.addAll(UnexplainedTables.of(place.database(), here));
            }
            return names;
        } catch (SQLException failed) {
            throw new CaravanException(
                    FaultKind.TRANSIENT,
                    "DATABASE_TROUBLE",
                    "The database's tables cannot be listed: " + failed.getMessage(),
                    failed);
        }
    }

    /** What is remembered beside an entity. */
    Stores stores(EntityRecord entity) {
        return place(entity).stores();
    }

    /** The open database that an entity is in. */
    Database database(EntityRecord entity) {
        return place(entity).database();
    }

    /** Names of the columns of an entity's table, in lower case; empty if there is none. */
    Set<String> columns(EntityRecord entity) {
        Database database = database(entity);
        Dialect dialect = database.isSqlite() ? new SqliteDialect() : new PostgresDialect();
        return new TableMaker(database.joining(), dialect).columns(entity.schema(), entity.table());
    }

    private Place place(EntityRecord entity) {
        return places.stream()
                .filter(place -> isAt(entity, place))
                .filter(place -> place.stores().entities().all().stream()
                        .anyMatch(known -> known.uid().equals(entity.uid())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(entity.name() + " is in no open database"));
    }

    /**
     * An entity by {@code connector.slug}, or by the slug alone where one connector has it.
     *
     * @throws CaravanException ENTITY_UNKNOWN, ENTITY_AMBIGUOUS
     */
    EntityRecord entity(String name) {
        List<EntityRecord> all = entities();
        List<EntityRecord> exact =
                all.stream().filter(entity -> entity.name().equals(name)).toList();
        List<EntityRecord> found = exact.isEmpty()
                ? all.stream().filter(entity -> entity.slug().equals(name)).toList()
                : exact;
        if (found.size() == 1) {
            return found.get(0);
        }
        String names = String.join(
                ", ",
                (found.isEmpty() ? all : found).stream().map(EntityRecord::name).toList());
        throw found.isEmpty()
                ? new CaravanException(
                        FaultKind.CONFIGURATION,
                        "ENTITY_UNKNOWN",
                        "No entity is called " + name + "; there is " + names)
                : new CaravanException(
                        FaultKind.CONFIGURATION,
                        "ENTITY_AMBIGUOUS",
                        "\"" + name + "\" may be any of " + names + "; say which");
    }

    /** Notes in the audit log that this user changed something by the command line. */
    void note(EntityRecord entity, String action, @Nullable Object before, @Nullable Object after) {
        stores(entity)
                .audit()
                .add(
                        "cli " + System.getProperty("user.name", "somebody"),
                        action,
                        entity.name(),
                        before == null ? null : before.toString(),
                        after == null ? null : after.toString());
    }

    /**
     * Does something while no run of the entity can be under way.
     *
     * @throws CaravanException LOCKED
     */
    void whileIdle(EntityRecord entity, Runnable change) {
        String holder = Uids.next();
        Stores stores = stores(entity);
        Optional<Owner> other = stores.locks().acquire(entity.uid(), holder);
        if (other.isPresent()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "LOCKED",
                    entity.name() + " is being synced by process " + other.get().pid() + " on "
                            + other.get().host() + "; try again when it is done");
        }
        try {
            change.run();
        } finally {
            stores.locks().release(entity.uid(), holder);
        }
    }

    @Override
    public void close() {
        places.forEach(place -> place.database().close());
    }
}
