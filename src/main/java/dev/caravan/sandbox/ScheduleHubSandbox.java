package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final Duration HANDLERS_END = Duration.ofSeconds(5);

    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, HubRecords> entities = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Clock clock = Clock.systemUTC();
    private final Tokens tokens = new Tokens(clock);
    private volatile Duration tokenLife = Duration.ofMinutes(30);
    private final HubEndpoints endpoints = new HubEndpoints(this::entity, tokens, () -> tokenLife, LARGEST_BATCH);

    private ScheduleHubSandbox(int port) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "schedulehub-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        tokens.addUser(ApiSmithSandbox.USER, ApiSmithSandbox.PASSWORD);
        tokens.accept(READY_TOKEN);
    }

    /**
     * Starts an empty one.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException where the port is taken
     */
    public static ScheduleHubSandbox start(int port) {
        try {
            ScheduleHubSandbox sandbox = new ScheduleHubSandbox(port);
            sandbox.server.start();
            return sandbox;
        } catch (IOException taken) {
            throw new UncheckedIOException("Port " + port + " cannot be listened on", taken);
        }
    }

    /** Where it listens, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
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
        return faults;
    }

    /** What was asked. */
    public RequestLog log() {
        return log;
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
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(HANDLERS_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HubRecords entity(String name) {
        return entities.computeIfAbsent(name, any -> new HubRecords());
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = Request.read(exchange);
        Optional<SandboxFault> fault = faults.due(request.target());
        Map<String, String> headers = new TreeMap<>(request.headers());
        headers.remove("authorization");
        log.began(new RequestLog.Entry(
                request.method(),
                request.target(),
                clock.instant(),
                headers,
                fault.map(SandboxFault::name).orElse("")));
        try {
            if (fault.isPresent()) {
                fault.get().misbehaviour().answer(exchange, request, new Running());
                return;
            }
            Wire.send(exchange, endpoints.answer(request));
        } finally {
            log.ended();
            exchange.close();
        }
    }

    /** The sandbox as a fault sees it. */
    private final class Running implements Misbehaviour.Health {
        @Override
        public Answer answer(Request request) {
            return endpoints.answer(request);
        }

        @Override
        public boolean pause(Duration duration) {
            try {
                return !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
