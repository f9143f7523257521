package dev.caravan.sandbox;

import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The sandbox as a process of its own.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><td>{@code --port N}</td><td>where to listen; 0, the default, for any free port</td></tr>
 * <tr><td>{@code --data demo|wide|dataverse}</td><td>a small business at APISmith (the default), generated rows for
 * measuring, without compression, or a Dataverse with 23 tables</td></tr>
 * <tr><td>{@code --rows N}</td><td>generated rows an API; 1000000. For Dataverse, the records of all tables but accounts
 * together; 36000</td></tr>
 * <tr><td>{@code --accounts N}</td><td>accounts at Dataverse; 4000</td></tr>
 * <tr><td>{@code --linked N}</td><td>how many of the accounts others refer to; 1200</td></tr>
 * <tr><td>{@code --latency N}</td><td>milliseconds that every answer of Dataverse takes at least; 0</td></tr>
 * <tr><td>{@code --apis N}</td><td>how many APIs of generated rows, called {@code wide}, or {@code wide_1} and so on
 * where they are several; 1</td></tr>
 * <tr><td>{@code --page-size N}</td><td>the largest page it serves; 1000</td></tr>
 * <tr><td>{@code --with-stdin}</td><td>ends when its input is closed</td></tr>
 * </table>
 *
 * <p>Prints its URL on a line as soon as it listens, for Dataverse the URL of the login host on the next, and ends on
 * SIGTERM. Other processes make edits by
 * {@code POST /sandbox/edit?slug=wide&insert=K&update=K&delete=K}, each count 0 unless given: new rows, then changed
 * ones, then deleted ones, all picked at random and versioned by the clock; for Dataverse {@code slug} is the entity set. The answer is
 * {@code {"rows":how many there are now}}.
 */
public final class SandboxMain {
    private static final String EDIT = "/sandbox/edit";
    private static final long SEED = 1;
    private static final Map<String, String> DEFAULTS =
            Map.of("--port", "0", "--data", "demo", "--apis", "1", "--page-size", "1000");
    private static final Set<String> OPTIONS =
            Set.of("--port", "--data", "--rows", "--apis", "--page-size", "--accounts", "--linked", "--latency");
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
        if ("dataverse".equals(settings.get("--data"))) {
            DataverseSandbox dataverse = startDataverse(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(dataverse::close, "sandbox-end"));
            System.out.println(dataverse.url() + System.lineSeparator() + dataverse.loginUrl());
        } else {
            ApiSmithSandbox sandbox = start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-end"));
            System.out.println(sandbox.url());
        }
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
        Edits edits = new Edits(
                slug -> sandbox.slugs().contains(slug),
                sandbox::edit,
                slug -> sandbox.rows(slug).size());
        sandbox.control(EDIT, exchange -> Wire.send(exchange, edited(edits, Request.read(exchange))));
        int largestPage = Integer.parseInt(settings.get("--page-size"));
        sandbox.setOptions(sandbox.options().withMaximumPageSize(largestPage));
        if ("demo".equals(settings.get("--data"))) {
            SandboxBusiness.publish(sandbox, SEED);
            return sandbox;
        }
        sandbox.setOptions(sandbox.options().withGzip(false));
        int rows = number(settings, "--rows", 1_000_000);
        int apis = Integer.parseInt(settings.get("--apis"));
        for (int i = 1; i <= apis; i++) {
            sandbox.publishWide(apis == 1 ? "wide" : "wide_" + i, rows, SEED + i);
        }
        return sandbox;
    }

    /** A Dataverse of the size asked for with the control endpoint; like the other it spends no time on compressing. */
    static DataverseSandbox startDataverse(Map<String, String> settings) {
        DataverseSandbox sandbox = DataverseSandbox.start(Integer.parseInt(settings.get("--port")));
        Edits edits = new Edits(
                slug -> sandbox.entitySets().contains(slug),
                sandbox::edit,
                slug -> sandbox.table(slug).size());
        sandbox.control(EDIT, exchange -> Wire.send(exchange, edited(edits, Request.read(exchange))));
        sandbox.switches().latency(Duration.ofMillis(number(settings, "--latency", 0)));
        sandbox.switches().gzip(false);
        DataverseBusiness.Size full = DataverseBusiness.Size.full();
        DataverseBusiness.publish(
                sandbox,
                full.withRecords(number(settings, "--rows", full.records()))
                        .withAccounts(
                                number(settings, "--accounts", full.accounts()),
                                number(settings, "--linked", full.linked())));
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
            if (!OPTIONS.contains(name) || next == arguments.length) {
                throw new IllegalArgumentException("Not an option with its value: " + name);
            }
            settings.put(name, checked(name, arguments[next]));
            next++;
        }
        return settings;
    }

    private static String checked(String name, String value) {
        String allowed = name.equals("--data") ? "demo|wide|dataverse" : "[0-9]{1,9}";
        if (!value.matches(allowed)) {
            throw new IllegalArgumentException("Not a value of " + name + ": " + value);
        }
        return value;
    }

    /** What edits need of a sandbox. */
    private record Edits(Predicate<String> known, Editor editor, ToIntFunction<String> rows) {}

    /** Makes edits of one API or table. */
    @FunctionalInterface
    private interface Editor {
        void edit(String slug, int inserts, int updates, int deletes);
    }

    private static Answer edited(Edits edits, Request request) {
        if (!request.method().equals("POST")) {
            return Answer.refusal(405, "Method Not Allowed");
        }
        String slug = request.parameters().getOrDefault("slug", "");
        if (!edits.known().test(slug)) {
            return Answer.refusal(404, "API '" + slug + "' not found");
        }
        for (String name : COUNTS) {
            if (!request.parameters().getOrDefault(name, "0").matches("[0-9]{1,9}")) {
                return Answer.refusal(422, name + " must be a count");
            }
        }
        edits.editor().edit(slug, count(request, "insert"), count(request, "update"), count(request, "delete"));
        return Answer.json(200, Json.of(Map.of("rows", edits.rows().applyAsInt(slug))));
    }

    private static int number(Map<String, String> settings, String name, int otherwise) {
        String text = settings.get(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private static int count(Request request, String name) {
        return Integer.parseInt(request.parameters().getOrDefault(name, "0"));
    }
}
