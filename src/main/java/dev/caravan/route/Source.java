package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What one kind of source brings to the engine, beside its routes. Safe for several threads. */
interface Source {
    /** Looks anew, right before a run, at what of a connector may be read, so that nothing hidden is taken for empty. */
    default void look(ConnectorSettings connector) {}

    /** Decides where a run begins. Nothing is asked of the source yet, and nothing is written. */
    Begun begin(EntityRecord entity, ConnectorSettings connector, SyncOptions options);

    /**
     * Decides where a run begins that lists nothing but the keys of all rows, only to look.
     *
     * @throws CaravanException OPTION_UNAVAILABLE if the source lists no keys
     */
    default Begun beginKeys(EntityRecord entity, ConnectorSettings connector) {
        throw new CaravanException(
                FaultKind.CONFIGURATION,
                "OPTION_UNAVAILABLE",
                entity.name() + ": its source lists no keys alone; leave --keys out");
    }

    /** What the stages make of the rows of an entity. */
    RowShape shape(EntityRecord entity, ConnectorSettings connector);

    /** Asks a connector what it publishes, remembers it and makes tables; answers what was new or different. */
    List<String> discover(ConnectorSettings connector);

    /** How many rows an entity has, as the source says; empty where it does not say. Nothing is written. */
    default OptionalLong rows(EntityRecord entity, ConnectorSettings connector) {
        return OptionalLong.empty();
    }

    /** Whether its rows are those that other entities of the connector refer to, so that it is synced after them. */
    default boolean hangsOnOthers(EntityRecord entity, ConnectorSettings connector) {
        return false;
    }

    /** Fetches a token. */
    Token logIn(ConnectorSettings connector);

    /** Where a run begins and what its rows go through. */
    record Begun(Feed feed, RowShape shape) {}

    /**
     * A token.
     *
     * @param keep how long from now it may be used
     */
    record Token(String value, Duration keep) {}
}
