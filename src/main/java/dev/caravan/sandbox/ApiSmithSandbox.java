package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpHandler;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final SandboxServer server;
    private final Map<String, RowSource> sources = Collections.synchronizedMap(new LinkedHashMap<>());
    private final PageHooks hooks = new PageHooks();
    private final Tokens tokens = new Tokens(this::now);
    private final Endpoints endpoints = new Endpoints(sources, tokens, hooks, this::options);
    private volatile Clock clock = Clock.systemUTC();
    private volatile SandboxOptions options = SandboxOptions.defaults();

    private ApiSmithSandbox(int port) {
        tokens.addUser(USER, PASSWORD);
        tokens.accept(READY_TOKEN);
        server = SandboxServer.start(port, endpoints::answer, this::now);
    }

    /**
     * Starts a sandbox without any API.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException where the port is taken
     */
    public static ApiSmithSandbox start(int port) {
        return new ApiSmithSandbox(port);
    }

    /** Where it listens, without a slash at the end: {@code http://127.0.0.1:8007}. */
    public String url() {
        return server.url();
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
        return server.faults();
    }

    /** What goes wrong with requests for data, in place of all else; {@link Faults#byNumber} says more. */
    public void setFaults(IntFunction<@Nullable SandboxFault> newFaults) {
        faults().clear();
        faults().on(DATA).byNumber(newFaults);
    }

    /** What was asked. */
    public RequestLog log() {
        return server.log();
    }

    /** Path and query of the requests so far, in order. */
    public List<String> requests() {
        return log().entries().stream().map(RequestLog.Entry::target).toList();
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        log().clear();
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
        server.close();
    }

    /** Answers paths below a prefix in another way, outside the log and without faults. */
    void control(String pathPrefix, HttpHandler handler) {
        server.control(pathPrefix, handler);
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
}
