package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An APISmith on loopback: a real HTTP server with any number of APIs whose rows are held in memory, that can be edited
 * while it answers and that fails on demand.
 *
 * <p>User {@value #USER} with password {@value #PASSWORD} may log in, and {@link #token()} is taken as it is. All
 * methods are thread-safe and act on the next request.
 */
public final class ApiSmithSandbox implements AutoCloseable {
    /** A user who may log in. */
    public static final String USER = "caravan";

    /** The password of {@link #USER}. */
    public static final String PASSWORD = "sandbox";

    /** What all paths begin with. */
    public static final String ROOT = "/api/v1/";

    /** Path of the login. */
    public static final String LOGIN = ROOT + "auth/login";

    /** What the paths of data begin with; the slug follows. */
    public static final String DATA = ROOT + "data/";

    private static final String READY_TOKEN = "sandbox-token";
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final Duration HANDLERS_END = Duration.ofSeconds(5);

    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, RowSource> sources = Collections.synchronizedMap(new LinkedHashMap<>());
    private final PageHooks hooks = new PageHooks();
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Tokens tokens = new Tokens(this::now);
    private final Endpoints endpoints = new Endpoints(sources, tokens, hooks, this::options);
    private volatile Clock clock = Clock.systemUTC();
    private volatile SandboxOptions options = SandboxOptions.defaults();

    private ApiSmithSandbox(int port) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "sandbox-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        tokens.addUser(USER, PASSWORD);
        tokens.accept(READY_TOKEN);
    }

    /**
     * Starts a sandbox without any API.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException where the port is taken
     */
    public static ApiSmithSandbox start(int port) {
        try {
            ApiSmithSandbox sandbox = new ApiSmithSandbox(port);
            sandbox.server.start();
            return sandbox;
        } catch (IOException taken) {
            throw new UncheckedIOException("Port " + port + " cannot be listened on", taken);
        }
    }

    /** Where it listens, without a slash at the end: {@code http://127.0.0.1:8007}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token that never expires. */
    public String token() {
        return READY_TOKEN;
    }

    /** Publishes an API with these rows, versioned by the clock, in place of one with the same slug. */
    public SandboxTable publish(SandboxApi api, List<Map<String, @Nullable Object>> rows) {
        String version = rowVersion();
        return publishRows(
                api,
                rows.stream().map(values -> new SandboxRow(values, version)).toList());
    }

    /** Publishes an API with these rows, versions and all, in place of one with the same slug. */
    public SandboxTable publishRows(SandboxApi api, List<SandboxRow> rows) {
        SandboxTable table =
                new SandboxTable(api, rows, this::rowVersion, api.slug().hashCode());
        sources.put(api.slug(), table);
        return table;
    }

    /**
     * Publishes an API of generated rows: 12 columns of mixed types, keyed by {@code ORDER_NO, LINE_NO}, 348 bytes of
     * JSON a row. They take no memory and next to no time.
     */
    public void publishWide(String slug, int rows, long seed) {
        sources.put(slug, new WideTable(slug, rows, seed, this::rowVersion));
    }

    /** Takes an API away. */
    public void withdraw(String slug) {
        sources.remove(slug);
    }

    /** The slugs of the APIs there are, in the order in which they were added. */
    public List<String> slugs() {
        synchronized (sources) {
            return List.copyOf(sources.keySet());
        }
    }

    /** The description of an API as it is now. */
    public SandboxApi api(String slug) {
        return source(slug).api();
    }

    /** The rows of an API as they are now: what a target that is in step with it holds. */
    public List<SandboxRow> rows(String slug) {
        return source(slug).rows();
    }

    /**
     * The rows of an API, to be edited.
     *
     * @throws IllegalArgumentException where there is none, or its rows are generated
     */
    public SandboxTable table(String slug) {
        if (source(slug) instanceof SandboxTable table) {
            return table;
        }
        throw new IllegalArgumentException("The rows of " + slug + " are generated");
    }

    /** Makes new rows, changes and deletes some picked at random, in this order; works on generated rows too. */
    public void edit(String slug, int inserts, int updates, int deletes) {
        RowSource source = source(slug);
        source.insertSome(inserts);
        source.updateSome(updates);
        source.deleteSome(deletes);
    }

    /** What is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** What goes wrong with requests for data, in place of all else; {@link Faults#byNumber} says more. */
    public void setFaults(IntFunction<@Nullable SandboxFault> newFaults) {
        faults.clear();
        faults.on(DATA).byNumber(newFaults);
    }

    /** What was asked. */
    public RequestLog log() {
        return log;
    }

    /** Path and query of the requests so far, in order. */
    public List<String> requests() {
        return log.entries().stream().map(RequestLog.Entry::target).toList();
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        log.clear();
    }

    /** What it does and says beyond the necessary. */
    public SandboxOptions options() {
        return options;
    }

    /** Changes what it does and says beyond the necessary. */
    public void setOptions(SandboxOptions newOptions) {
        options = newOptions;
    }

    /** Sets the clock that row versions and tokens are made by. */
    public void setClock(Clock newClock) {
        clock = newClock;
    }

    /** Lets one more user log in. */
    public void addUser(String name, String password) {
        tokens.addUser(name, password);
    }

    /** Lets every token that was given out expire; {@link #token()} stays good. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /** Runs an action at the n-th request for an API's data from now, counted from 1, before its rows are read. */
    public void before(String slug, int number, Runnable action) {
        hooks.add(slug, true, number, action);
    }

    /** The same, after the rows are read and before they are sent: the client has not asked on yet. */
    public void after(String slug, int number, Runnable action) {
        hooks.add(slug, false, number, action);
    }

    /** Runs an action before every request for data that is carried out, with its number from 1, counted from now. */
    public void setBeforeAnswer(IntConsumer action) {
        hooks.setEveryTime(action);
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

    /** Answers paths below a prefix in another way, outside the log and without faults. */
    void control(String pathPrefix, HttpHandler handler) {
        server.createContext(pathPrefix, handler);
    }

    private Instant now() {
        return clock.instant();
    }

    private String rowVersion() {
        return VERSION.format(clock.instant());
    }

    private RowSource source(String slug) {
        return Optional.ofNullable(sources.get(slug)).orElseThrow(() -> new IllegalArgumentException("No API " + slug));
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = Request.read(exchange);
        Optional<SandboxFault> fault = faults.due(request.target());
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
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
