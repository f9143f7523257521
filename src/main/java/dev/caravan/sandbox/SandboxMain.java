package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The sandbox as a process of its own.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><td>{@code --port N}</td><td>where to listen; 0, the default, for any free port</td></tr>
 * <tr><td>{@code --data demo|wide}</td><td>a small business (the default), or generated rows for measuring, without
 * compression</td></tr>
 * <tr><td>{@code --rows N}</td><td>generated rows an API; 1000000</td></tr>
 * <tr><td>{@code --apis N}</td><td>how many APIs of generated rows, called {@code wide}, or {@code wide_1} and so on
 * where they are several; 1</td></tr>
 * <tr><td>{@code --page-size N}</td><td>the largest page it serves; 1000</td></tr>
 * <tr><td>{@code --with-stdin}</td><td>ends when its input is closed</td></tr>
 * </table>
 *
 * <p>Prints its URL on a line as soon as it listens and ends on SIGTERM. Other processes make edits by
 * {@code POST /sandbox/edit?slug=wide&insert=K&update=K&delete=K}, each count 0 unless given: new rows, then changed
 * ones, then deleted ones, all picked at random and versioned by the clock. The answer is
 * {@code {"rows":how many there are now}}.
 */
public final class SandboxMain {
    private static final String EDIT = "/sandbox/edit";
    private static final long SEED = 1;
    private static final Map<String, String> DEFAULTS =
            Map.of("--port", "0", "--data", "demo", "--rows", "1000000", "--apis", "1", "--page-size", "1000");
    private static final Set<String> COUNTS = Set.of("insert", "update", "delete");

    private SandboxMain() {}

    /** Runs until it is ended. Exit code 2 for an option it does not know. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> settings;
        try {
            settings = settings(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        ApiSmithSandbox sandbox = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-end"));
        System.out.println(sandbox.url());
        System.out.flush();
        if (!settings.containsKey("--with-stdin")) {
            new CountDownLatch(1).await();
        }
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    /** A sandbox with the data asked for and the control endpoint. */
    static ApiSmithSandbox start(Map<String, String> settings) {
        ApiSmithSandbox sandbox = ApiSmithSandbox.start(Integer.parseInt(settings.get("--port")));
        sandbox.control(EDIT, exchange -> edit(sandbox, exchange));
        int largestPage = Integer.parseInt(settings.get("--page-size"));
        sandbox.setOptions(sandbox.options().withMaximumPageSize(largestPage));
        if ("demo".equals(settings.get("--data"))) {
            SandboxBusiness.publish(sandbox, SEED);
            return sandbox;
        }
        sandbox.setOptions(sandbox.options().withGzip(false));
        int rows = Integer.parseInt(settings.get("--rows"));
        int apis = Integer.parseInt(settings.get("--apis"));
        for (int i = 1; i <= apis; i++) {
            sandbox.publishWide(apis == 1 ? "wide" : "wide_" + i, rows, SEED + i);
        }
        return sandbox;
    }

    /** @throws IllegalArgumentException for what is no option, with a sentence for people */
    static Map<String, String> settings(String... arguments) {
        Map<String, String> settings = new HashMap<>(DEFAULTS);
        int next = 0;
        while (next < arguments.length) {
            String name = arguments[next];
            next++;
            if (name.equals("--with-stdin")) {
                settings.put(name, "");
                continue;
            }
            if (!DEFAULTS.containsKey(name) || next == arguments.length) {
                throw new IllegalArgumentException("Not an option with its value: " + name);
            }
            settings.put(name, checked(name, arguments[next]));
            next++;
        }
        return settings;
    }

    private static String checked(String name, String value) {
        String allowed = name.equals("--data") ? "demo|wide" : "[0-9]{1,9}";
        if (!value.matches(allowed)) {
            throw new IllegalArgumentException("Not a value of " + name + ": " + value);
        }
        return value;
    }

    private static void edit(ApiSmithSandbox sandbox, HttpExchange exchange) throws IOException {
        Wire.send(exchange, edited(sandbox, Request.read(exchange)));
    }

    private static Answer edited(ApiSmithSandbox sandbox, Request request) {
        if (!request.method().equals("POST")) {
            return Answer.refusal(405, "Method Not Allowed");
        }
        String slug = request.parameters().getOrDefault("slug", "");
        if (!sandbox.slugs().contains(slug)) {
            return Answer.refusal(404, "API '" + slug + "' not found");
        }
        for (String name : COUNTS) {
            if (!request.parameters().getOrDefault(name, "0").matches("[0-9]{1,9}")) {
                return Answer.refusal(422, name + " must be a count");
            }
        }
        sandbox.edit(slug, count(request, "insert"), count(request, "update"), count(request, "delete"));
        return Answer.json(200, Json.of(Map.of("rows", sandbox.rows(slug).size())));
    }

    private static int count(Request request, String name) {
        return Integer.parseInt(request.parameters().getOrDefault(name, "0"));
    }
}
