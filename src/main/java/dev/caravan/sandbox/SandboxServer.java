package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The HTTP side of a sandbox: a real server on loopback that logs what is asked, lets faults come first, and hands
 * everything else to the endpoints, as many requests at once as come. Thread-safe.
 */
public final class SandboxServer implements AutoCloseable {
    private static final Duration HANDLERS_END = Duration.ofSeconds(5);

    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Function<Request, Answer> endpoints;
    private final InstantSource clock;

    private SandboxServer(int port, Function<Request, Answer> endpoints, InstantSource clock) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.endpoints = endpoints;
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "sandbox-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @param endpoints what a system in good health answers; called by many threads
     * @param clock what the log's times come from
     * @throws UncheckedIOException where the port is taken
     */
    public static SandboxServer start(int port, Function<Request, Answer> endpoints, InstantSource clock) {
        try {
            SandboxServer server = new SandboxServer(port, endpoints, clock);
            server.server.setExecutor(server.threads);
            server.server.createContext("/", server::handle);
            server.server.start();
            return server;
        } catch (IOException taken) {
            throw new UncheckedIOException("Port " + port + " cannot be listened on", taken);
        }
    }

    /** Where it listens, without a slash at the end: {@code http://127.0.0.1:8007}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** What was asked. */
    public RequestLog log() {
        return log;
    }

    /** Answers paths below a prefix in another way, outside the log and without faults. */
    public void control(String pathPrefix, HttpHandler handler) {
        server.createContext(pathPrefix, handler);
    }

    /** Waits, but not beyond the server's end; false when it ended. */
    public boolean pause(Duration duration) {
        try {
            return !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
            Wire.send(exchange, answer(request));
        } finally {
            log.ended();
            exchange.close();
        }
    }

    /** A mistake of the sandbox itself is an answer that says so, not a connection that ends. */
    private Answer answer(Request request) {
        try {
            return endpoints.apply(request);
        } catch (RuntimeException | StackOverflowError mistake) {
            return Answer.html(500, "The sandbox itself failed: " + mistake);
        }
    }

    /** The sandbox as a fault sees it. */
    private final class Running implements Misbehaviour.Health {
        @Override
        public Answer answer(Request request) {
            return SandboxServer.this.answer(request);
        }

        @Override
        public boolean pause(Duration duration) {
            return SandboxServer.this.pause(duration);
        }
    }
}
