package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.route.Replay;
import java.time.Duration;
import java.util.List;

/**
 * What the verbs need of the running program. One call at a time, except {@link #stop()}, which comes from any thread.
 * All throw {@link CaravanException} for what keeps the whole call from its work; what concerns one entity or one
 * connector is in the answer.
 */
public interface Operations extends AutoCloseable {
    /** Asks a connector what it publishes, remembers it, and makes and extends tables. */
    DiscoveryReport discover(ConnectorSettings connector);

    /**
     * One pass. Discovers first.
     *
     * @return one outcome for each entity that was chosen; empty if none is to be synced
     * @throws CaravanException ENTITY_UNKNOWN if a name fits nothing
     */
    List<EntityOutcome> sync(SyncRequest request, SyncListener listener);

    /** Lets dead letters go through the stages once more; one outcome an entity. */
    List<EntityOutcome> retry(List<Replay> replays, Duration lockWait);

    /**
     * Compares tables with their sources. Discovers first.
     *
     * @return one outcome for each entity that was chosen
     * @throws CaravanException ENTITY_UNKNOWN if a name fits nothing
     */
    List<VerifyOutcome> verify(VerifyRequest request, SyncListener listener);

    /** Asks every connector what it publishes and how many rows there are; nothing is written or remembered. */
    List<ConnectorCheck> check();

    /**
     * Runs the schedules until {@link #stop()}.
     *
     * @param ready called once everything is started
     */
    void serve(Runnable ready);

    /** Lets what is under way finish its page, then makes {@link #sync} and {@link #serve} return. Returns at once. */
    void stop();

    @Override
    void close();

    /** Starts operations. */
    @FunctionalInterface
    interface Factory {
        /** Starts everything but the schedules. */
        Operations start(Settings settings);
    }
}
