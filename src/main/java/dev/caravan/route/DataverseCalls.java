package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.source.Body;
import dev.caravan.source.BoundedBody;
import dev.caravan.source.Buffers;
import dev.caravan.source.dataverse.Challenge;
import dev.caravan.source.dataverse.DataverseFaults;
import dev.caravan.source.dataverse.DataversePage;
import dev.caravan.source.dataverse.Login;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.support.SynchronizationAdapter;

/** From a request to HTTP headers, and from the answer to what was asked for. Safe for several threads. */
public final class DataverseCalls {
    /** What a byte of JSON weighs once it is read into rows that keep their own bytes, about. */
    private static final int WEIGHT = 3;

    /** So many answers of the size that is asked for can be read at once. */
    private static final int AT_ONCE = 3;

    private static final int GROWTH = 1 << 20;
    private static final int LARGEST_BUFFER = 8 << 20;
    private static final long LARGEST_SCHEMA = 256L << 20;
    private static final String API = "/api/data/v9.2";

    private final Settings settings;
    private final Plans plans;
    private final Tokens tokens;
    private final DataverseFaults faults;
    private final Lanes lanes;
    private final Governor governor;
    private final Buffers buffers;
    private final MetadataCache schemas = new MetadataCache(LARGEST_SCHEMA);

    DataverseCalls(
            Settings settings, Plans plans, Tokens tokens, DataverseFaults faults, Lanes lanes, Governor governor) {
        this.settings = settings;
        this.plans = plans;
        this.tokens = tokens;
        this.faults = faults;
        this.lanes = lanes;
        this.governor = governor;
        this.buffers = new Buffers(AT_ONCE, (int) Math.min(room(settings), LARGEST_BUFFER) + GROWTH);
    }

    /** How many bytes an answer is to have at most, about. */
    static long room(Settings settings) {
        return settings.memory() / (WEIGHT * AT_ONCE);
    }

    /** Waits until the answer may be asked for; its room is given back when the call is over, or goes over to the page. */
    public void makeRoom(Exchange exchange) throws Exception {
        SourceRequest request = exchange.getProperty("request", SourceRequest.class);
        if (request.kind() != SourceRequest.Kind.PAGE) {
            return;
        }
        lanes.ask(request.run(), weight(request));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                lanes.forgo(request.run());
            }
        });
    }

    private long weight(SourceRequest request) {
        return feed(plans.of(request.run())).expected() * WEIGHT;
    }

    /** Sets method, address, token and body. */
    public void prepare(Exchange exchange) {
        SourceRequest request = exchange.getProperty("request", SourceRequest.class);
        ConnectorSettings connector = connector(request);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.GET);
        message.setHeader("Accept", "application/json");
        String path = request.path();
        if (request.kind() == SourceRequest.Kind.LOGIN) {
            message.setHeader(Exchange.HTTP_URI, path == null ? base(connector) : path);
            if (path != null) {
                message.setHeader(Exchange.HTTP_METHOD, HttpMethods.POST);
                message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
                message.setBody(DataverseSource.form(connector));
            }
            return;
        }
        governor.keepBack(request.connector());
        if (request.kind() == SourceRequest.Kind.PAGE) {
            DataverseFeed feed = feed(plans.of(request.run()));
            path = feed.request();
            message.setHeader("Prefer", feed.preferences());
        }
        message.setHeader(Exchange.HTTP_URI, address(connector, Objects.requireNonNull(path)));
        if (isSchema(request)) {
            message.setHeader("Accept", "application/xml");
        }
        message.setHeader("OData-MaxVersion", "4.0");
        message.setHeader("OData-Version", "4.0");
        message.setHeader("If-None-Match", "null");
        message.setHeader("Authorization", "Bearer " + tokens.bearer(connector));
        if (!request.run().isEmpty()) {
            plans.of(request.run()).requests().incrementAndGet();
        }
    }

    private static boolean isSchema(SourceRequest request) {
        return request.kind() == SourceRequest.Kind.METADATA && "$metadata".equals(request.path());
    }

    private ConnectorSettings connector(SourceRequest request) {
        return settings.connector(request.connector())
                .orElseThrow(() -> new IllegalStateException("No connector is called " + request.connector()));
    }

    /** A link goes out as it was written; it was looked at when it came. */
    private static String address(ConnectorSettings connector, String path) {
        return path.startsWith("http://") || path.startsWith("https://") ? path : base(connector) + path;
    }

    private static String base(ConnectorSettings connector) {
        String url = connector.url().toString();
        return (url.contains("/api/data/") ? url : url + API) + "/";
    }

    private static DataverseFeed feed(RunPlan plan) {
        return (DataverseFeed) plan.feed();
    }

    /** Judges the answer and reads it: a page, what is left of some keys, the schema, definitions, or a login. */
    public Object read(Exchange exchange) throws Exception {
        SourceRequest request = exchange.getProperty("request", SourceRequest.class);
        Message message = exchange.getMessage();
        String what = what(request);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (request.kind() == SourceRequest.Kind.LOGIN && request.path() == null && status == 401) {
            return Challenge.login(
                    DataverseAnswers.headers(message, "WWW-Authenticate"),
                    connector(request).microsoft().authority());
        }
        if (isSchema(request) && status == 200) {
            DataverseAnswers.requireType(message, "xml", what);
            governor.answered(request.connector(), DataverseAnswers.recommended(message));
            return DataverseAnswers.schema(message, request.connector(), schemas);
        }
        if (request.kind() == SourceRequest.Kind.PAGE && status >= 200 && status < 300) {
            return page(request, message, what);
        }
        InputStream stream = stream(message);
        byte[] body = BoundedBody.read(
                stream, said(message), mostBytes(), connector(request).dataTimeout(), what);
        refuse(request, message, status, body, what);
        if (request.kind() == SourceRequest.Kind.COUNT) {
            return DataverseAnswers.count(body, what);
        }
        DataverseAnswers.requireType(message, "json", what);
        governor.answered(request.connector(), DataverseAnswers.recommended(message));
        return switch (request.kind()) {
            case LOOK_UP -> lookUp(request, body);
            case METADATA -> DataverseAnswers.definitions(request, body);
            case LOGIN -> login(request, body);
            case PAGE, COUNT -> throw new IllegalStateException("A " + request.kind() + " is read before");
        };
    }

    private void refuse(SourceRequest request, Message message, int status, byte[] body, String what) {
        boolean token = request.kind() == SourceRequest.Kind.LOGIN && request.path() != null;
        if (token && (status == 400 || status == 401)) {
            throw Login.refusal(request.connector(), body);
        }
        boolean changes = request.kind() == SourceRequest.Kind.PAGE
                && feed(plans.of(request.run())).followsChanges();
        String retryAfter = message.getHeader("Retry-After", String.class);
        CaravanException refusal =
                faults.of(status, retryAfter, body, changes, what).orElse(null);
        if (refusal != null) {
            throw refusal;
        }
    }

    /** A login without a tenant that is answered as if it were one leads nowhere. */
    private static Object login(SourceRequest request, byte[] body) {
        return request.path() == null
                ? Challenge.login(List.of(), java.net.URI.create("http://127.0.0.1"))
                : Login.token(body);
    }

    private String what(SourceRequest request) {
        return switch (request.kind()) {
            case PAGE -> {
                RunPlan plan = plans.of(request.run());
                yield plan.entity().name() + " " + plan.feed().position();
            }
            case LOOK_UP -> plans.of(request.run()).entity().name() + " look-up by key";
            case METADATA ->
                request.connector() + " " + String.valueOf(request.path()).replaceFirst("\\?.*", "");
            case LOGIN -> request.connector() + " login";
            case COUNT -> request.connector() + " number of rows";
        };
    }

    private static InputStream stream(Message message) {
        InputStream stream = message.getBody(InputStream.class);
        return stream == null ? InputStream.nullInputStream() : stream;
    }

    private static long said(Message message) {
        return message.getHeader(Exchange.CONTENT_LENGTH, 0L, Long.class);
    }

    private long mostBytes() {
        return settings.memory() / (WEIGHT + 1);
    }

    private Page page(SourceRequest request, Message message, String what) throws Exception {
        lanes.expect(request.run(), weight(request));
        long taken = feed(plans.of(request.run())).expected();
        BoundedBody.Room room = bytes -> bytes <= taken ? taken : grow(request, bytes);
        long said = said(message);
        long expected = said > 0 ? said : taken;
        byte[] buffer = buffers.take(expected);
        try {
            Duration longest = connector(request).dataTimeout();
            Body body = BoundedBody.read(stream(message), buffer, expected, mostBytes(), longest, what, room);
            DataverseAnswers.requireType(message, "json", what);
            governor.answered(request.connector(), DataverseAnswers.recommended(message));
            return page(request, body);
        } finally {
            buffers.giveBack(buffer);
        }
    }

    private long grow(SourceRequest request, long bytes) {
        long granted = bytes + GROWTH;
        try {
            lanes.grow(request.run(), granted * WEIGHT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CaravanException(FaultKind.TRANSIENT, "STOPPED", request.connector() + ": it is being stopped");
        }
        return granted;
    }

    private Page page(SourceRequest request, Body body) {
        RunPlan plan = plans.of(request.run());
        DataverseFeed feed = feed(plan);
        DataversePage read = feed.reader().read(body, feed.followsChanges());
        boolean onlyKeys = feed.onlyKeys();
        int round = feed.round();
        int number = feed.take(read, body.length());
        List<Row> all = onlyKeys ? List.of() : wanted(plan, feed, read.rows());
        int taken = onlyKeys ? 0 : plan.take(all.size() + read.refused().size());
        List<Row> rows = all.subList(0, Math.min(taken, all.size()));
        List<Refusal> refused = read.refused().subList(0, taken - rows.size());
        Page page = new Page(
                plan.run(),
                number,
                rows,
                refused,
                taken,
                (long) body.length() * WEIGHT,
                round,
                feed.checkpoint(),
                onlyKeys || read.highestVersion() < 0 ? null : Long.toString(read.highestVersion()),
                feed.marksDeletes() ? read.gone() : List.of(),
                onlyKeys ? keys(plan, read.rows()) : List.of(),
                0);
        lanes.fetched(page);
        return page;
    }

    /** Changes are asked for of a whole table, though only some of its rows may be wanted. */
    private static List<Row> wanted(RunPlan plan, DataverseFeed feed, List<Row> rows) {
        if (feed.wantsAll()) {
            return rows;
        }
        return rows.stream()
                .filter(row -> {
                    String key = plan.shape().keyOf(row);
                    return key == null || feed.wants(key);
                })
                .toList();
    }

    private static List<String> keys(RunPlan plan, List<Row> rows) {
        List<String> keys = new ArrayList<>(rows.size());
        for (Row row : rows) {
            String key = plan.shape().keyOf(row);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    private LookAgain.Answers lookUp(SourceRequest request, byte[] body) {
        RunPlan plan = plans.of(request.run());
        DataversePage read = feed(plan).reader().read(body, false);
        Set<String> present = new HashSet<>(keys(plan, read.rows()));
        List<LookUpAnswer> answers = new ArrayList<>();
        for (String key : String.valueOf(request.keyHash()).split("\n", -1)) {
            LookUpAnswer.Verdict verdict = present.contains(key) && feed(plan).wants(key)
                    ? LookUpAnswer.Verdict.PRESENT
                    : LookUpAnswer.Verdict.GONE;
            answers.add(new LookUpAnswer(key, verdict));
        }
        return new LookAgain.Answers(answers);
    }
}
