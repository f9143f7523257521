package dev.caravan.cli;

import dev.caravan.config.DatabaseSettings;
import dev.caravan.config.Secret;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Owner;
import dev.caravan.route.Stores;
import dev.caravan.store.Database;
import dev.caravan.store.Migrations;
import dev.caravan.store.Uids;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** What is remembered, opened without Camel: to read, which changes nothing, or to change. */
final class State implements AutoCloseable {
    private static final int CONNECTIONS = 2;

    private final Database database;
    private final Stores stores;

    private State(Database database, Clock clock) {
        this.database = database;
        this.stores = Stores.over(database, clock);
    }

    /**
     * Opens it to read; empty if there is none yet.
     *
     * @throws CaravanException if the database cannot be opened
     */
    static Optional<State> toRead(DatabaseSettings settings, Clock clock) {
        Database database;
        try {
            database = open(settings, true);
        } catch (CaravanException fault) {
            if (fault.code().equals("DATABASE_MISSING")) {
                return Optional.empty();
            }
            throw fault;
        }
        State state = new State(database, clock);
        try {
            state.stores.entities().all();
            return Optional.of(state);
        } catch (DataAccessException refused) {
            state.close();
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
    static State toChange(DatabaseSettings settings, Clock clock) {
        Optional<State> readable = toRead(settings, clock);
        if (readable.isEmpty()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "STATE_MISSING",
                    "Nothing was synced into " + settings.shownUrl() + " yet; run 'caravan sync' first");
        }
        readable.get().close();
        Database database = open(settings, false);
        Migrations.migrate(database);
        return new State(database, clock);
    }

    private static Database open(DatabaseSettings settings, boolean readOnly) {
        return Database.open(
                settings.url(),
                settings.username().orElse(null),
                settings.password().map(Secret::value).orElse(null),
                CONNECTIONS,
                readOnly);
    }

    Stores stores() {
        return stores;
    }

    /**
     * An entity by {@code connector.slug}, or by the slug alone where one connector has it.
     *
     * @throws CaravanException ENTITY_UNKNOWN
     */
    EntityRecord entity(String name) {
        return stores.entities().find(name).orElseThrow(() -> {
            List<String> names =
                    stores.entities().all().stream().map(EntityRecord::name).toList();
            return new CaravanException(
                    FaultKind.CONFIGURATION,
                    "ENTITY_UNKNOWN",
                    "No entity is called " + name + "; there is " + String.join(", ", names));
        });
    }

    /**
     * Does something while no run of the entity can be under way.
     *
     * @throws CaravanException LOCKED
     */
    void whileIdle(EntityRecord entity, Runnable change) {
        String holder = Uids.next();
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
        database.close();
    }
}
