package dev.caravan.sandbox;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A ScheduleHub on loopback: a real HTTP server that takes records of any entity, keeps them in memory, refuses some and
 * fails on demand.
 *
 * <p>Who may log in is as for {@link ApiSmithSandbox}; {@link #token()} is taken as it is. It stores whatever it is sent
 * as often as it is sent. All methods are thread-safe and act on the next request.
 */
public final class ScheduleHubSandbox implements AutoCloseable {
    /** Most records of a batch. */
    public static final int LARGEST_BATCH = 1000;

    private static final String READY_TOKEN = "schedulehub-token";
    private final SandboxServer server;
    private final Map<String, HubRecords> entities = new ConcurrentHashMap<>();
    private final Clock clock = Clock.systemUTC();
    private final Tokens tokens = new Tokens(clock);
    private volatile Duration tokenLife = Duration.ofMinutes(30);
    private final HubEndpoints endpoints = new HubEndpoints(this::entity, tokens, () -> tokenLife, LARGEST_BATCH);

    private ScheduleHubSandbox(int port) {
        tokens.addUser(ApiSmithSandbox.USER, ApiSmithSandbox.PASSWORD);
        tokens.accept(READY_TOKEN);
        server = SandboxServer.start(port, endpoints::answer, clock);
    }

    /**
     * Starts an empty one.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException where the port is taken
     */
    public static ScheduleHubSandbox start(int port) {
        return new ScheduleHubSandbox(port);
    }

    /** Where it listens, without a slash at the end. */
    public String url() {
        return server.url();
    }

    /** A token that never expires. */
    public String token() {
        return READY_TOKEN;
    }

    /** The records of an entity as they are now, in the order in which they came; with {@code uid}. */
    public List<Map<String, @Nullable Object>> records(String entity) {
        return entity(entity).all();
    }

    /** Refuses the records of an entity that fit, alone or in a batch, with these words. */
    public void refuse(String entity, Predicate<Map<String, @Nullable Object>> which, String error) {
        entity(entity).refuse(which, error);
    }

    /** Takes every record of an entity from now on. */
    public void refuseNothing(String entity) {
        entity(entity).refuseNothing();
    }

    /** Takes a record away behind the client's back; false if there is none. */
    public boolean remove(String entity, String uid) {
        return entity(entity).delete(uid).uid() != null;
    }

    /** What is to go wrong. */
    public Faults faults() {
        return server.faults();
    }

    /** What was asked. */
    public RequestLog log() {
        return server.log();
    }

    /** Sets how long tokens live that are given out from now on. */
    public void setTokenLife(Duration life) {
        tokenLife = life;
    }

    /** Lets every token that was given out expire; {@link #token()} stays good. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /** Lets go of what hangs, closes all connections, and ends. */
    @Override
    public void close() {
        server.close();
    }

    private HubRecords entity(String name) {
        return entities.computeIfAbsent(name, any -> new HubRecords());
    }
}
