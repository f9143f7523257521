package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An APISmith on the loopback interface, with its data in memory and faults on demand. Safe for several threads. */
public final class ApiSmithSandbox implements AutoCloseable {
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final HttpServer server;
    private final ExecutorService threads;
    private final Map<String, SandboxTable> tables = new ConcurrentHashMap<>();
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private volatile SandboxOptions options = SandboxOptions.defaults();
    private volatile IntFunction<@Nullable SandboxFault> faults = number -> null;
    private volatile IntConsumer beforeAnswer = number -> {};
    private volatile Clock clock = Clock.systemUTC();
    private int dataRequests;

    private ApiSmithSandbox(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        threads = Executors.newFixedThreadPool(16, task -> {
            Thread thread = new Thread(task, "sandbox");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts a sandbox without any API.
     *
     * @param port 0 for any free one
     */
    public static ApiSmithSandbox start(int port) {
        try {
            return new ApiSmithSandbox(port);
        } catch (IOException taken) {
            throw new UncheckedIOException("Port " + port + " cannot be listened on", taken);
        }
    }

    /** Where it listens: {@code http://127.0.0.1:8007}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token that never expires. */
    public String token() {
        return "sandbox-token";
    }

    /** Publishes an API with these rows, in place of one of the same slug. */
    public SandboxTable publish(SandboxApi api, List<Map<String, @Nullable Object>> rows) {
        List<SandboxRow> made = new ArrayList<>();
        rows.forEach(values -> made.add(new SandboxRow(values, version())));
        SandboxTable table = new SandboxTable(api, made, this::version, 1);
        tables.put(api.slug(), table);
        return table;
    }

    private String version() {
        return VERSION.format(clock.instant());
    }

    /** The rows and the description of an API. */
    public SandboxTable table(String slug) {
        SandboxTable table = tables.get(slug);
        if (table == null) {
            throw new IllegalArgumentException("No API is called " + slug);
        }
        return table;
    }

    /** Takes an API away. */
    public void withdraw(String slug) {
        tables.remove(slug);
    }

    /** What row versions are made from. */
    public void setClock(Clock newClock) {
        clock = newClock;
    }

    public void setOptions(SandboxOptions newOptions) {
        options = newOptions;
    }

    /** What goes wrong, by the number of the data request from 1, counted from now on; null where all is well. */
    public synchronized void setFaults(IntFunction<@Nullable SandboxFault> newFaults) {
        dataRequests = 0;
        faults = newFaults;
    }

    /** Called before each data request is answered, with its number from 1, counted from now on. */
    public synchronized void setBeforeAnswer(IntConsumer action) {
        dataRequests = 0;
        beforeAnswer = action;
    }

    /** Path and query of all requests so far, in order. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Forgets the requests so far. */
    public synchronized void forgetRequests() {
        requests.clear();
    }

    /** Lets every token that was given out expire. */
    public void expireTokens() {
        tokens.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            synchronized (this) {
                requests.add(exchange.getRequestURI().toString());
            }
            exchange.getRequestBody().readAllBytes();
            answerOrRefuse(exchange);
        }
    }

    private void answerOrRefuse(HttpExchange exchange) throws IOException {
        try {
            answer(exchange, exchange.getRequestURI().getPath());
        } catch (Refused refused) {
            json(exchange, refused.status(), Json.of(Map.of("detail", refused.detail())));
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/api/v1/auth/login")) {
            String token = UUID.randomUUID().toString();
            tokens.put(token, Instant.now().plus(options.tokenLifetime()));
            long seconds = options.tokenLifetime().toSeconds();
            json(
                    exchange,
                    200,
                    "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":" + seconds + "}");
            return;
        }
        requireToken(exchange);
        if (path.equals("/api/v1/apis")) {
            List<Object> apis = new ArrayList<>();
            tables.values().stream()
                    .map(SandboxTable::api)
                    .sorted((a, b) -> a.slug().compareTo(b.slug()))
                    .forEach(api -> apis.add(ApiText.of(api)));
            json(exchange, 200, Json.of(apis));
        } else if (path.equals("/api/v1/connectors")) {
            json(exchange, 200, "[{\"uid\":\"00000000-0000-0000-0000-000000000001\",\"name\":\"sandbox\"}]");
        } else if (path.startsWith("/api/v1/apis/")) {
            json(exchange, 200, Json.of(ApiText.of(found(path.substring(13)).api())));
        } else if (path.startsWith("/api/v1/data/")) {
            data(exchange, found(path.substring(13)));
        } else {
            throw new Refused(404, "Not found");
        }
    }

    private SandboxTable found(String slug) {
        SandboxTable table = tables.get(slug);
        if (table == null) {
            throw new Refused(404, "No API is called " + slug);
        }
        return table;
    }

    private void requireToken(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String token = header == null || !header.startsWith("Bearer ") ? "" : header.substring(7);
        Instant until = tokens.get(token);
        boolean known = token.equals(token()) || until != null && Instant.now().isBefore(until);
        if (!known) {
            throw new Refused(401, "Not authenticated");
        }
    }

    private void data(HttpExchange exchange, SandboxTable table) throws IOException {
        int number;
        synchronized (this) {
            number = ++dataRequests;
        }
        beforeAnswer.accept(number);
        SandboxFault fault = faults.apply(number);
        Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
        if (fault != null && fault.kind() == SandboxFault.Kind.FIRST_PAGE) {
            parameters.put("page", "1");
        }
        var page = table.page(DataQuery.of(parameters, options), options);
        byte[] body = new byte[page.remaining()];
        page.get(body);
        FaultyAnswer.send(exchange, fault, body);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            parameters.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void json(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
