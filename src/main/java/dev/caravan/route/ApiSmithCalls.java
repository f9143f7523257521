package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Secret;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.source.BoundedBody;
import dev.caravan.source.HttpAnswers;
import dev.caravan.source.apismith.ApiSmithAnswers;
import dev.caravan.source.apismith.ApiSmithPage;
import dev.caravan.source.apismith.ApiSmithPaging;
import dev.caravan.source.apismith.Checkpoint;
import dev.caravan.source.apismith.Listing;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.jspecify.annotations.Nullable;

/** From a request to HTTP headers, and from the answer to what was asked for. Safe for several threads. */
public final class ApiSmithCalls {
    /** What a byte of JSON weighs once it is read into rows, about. */
    private static final int WEIGHT = 3;

    private final Settings settings;
    private final Plans plans;
    private final Tokens tokens;
    private final HttpAnswers answers;
    private final Lanes lanes;
    private final Governor governor;

    ApiSmithCalls(Settings settings, Plans plans, Tokens tokens, HttpAnswers answers, Lanes lanes, Governor governor) {
        this.settings = settings;
        this.plans = plans;
        this.tokens = tokens;
        this.answers = answers;
        this.lanes = lanes;
        this.governor = governor;
    }

    /** Sets method, address, token and body. */
    public void prepare(Exchange exchange) {
        SourceRequest request = exchange.getProperty("request", SourceRequest.class);
        ConnectorSettings connector = connector(request);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        boolean login = request.kind() == SourceRequest.Kind.LOGIN;
        message.setHeader(Exchange.HTTP_METHOD, login ? HttpMethods.POST : HttpMethods.GET);
        message.setHeader(Exchange.HTTP_URI, connector.url() + path(request));
        message.setHeader("Accept", "application/json");
        if (login) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            String password = connector.password().map(Secret::value).orElse("");
            message.setBody(ApiSmithAnswers.login(connector.username().orElse(""), password));
            return;
        }
        message.setHeader("Authorization", "Bearer " + tokens.bearer(connector));
        message.setBody(null);
        if (!request.run().isEmpty()) {
            plans.of(request.run()).requests().incrementAndGet();
        }
    }

    private ConnectorSettings connector(SourceRequest request) {
        return settings.connector(request.connector())
                .orElseThrow(() -> new IllegalStateException("No connector is called " + request.connector()));
    }

    private String path(SourceRequest request) {
        if (request.path() != null) {
            return request.path();
        }
        RunPlan plan = plans.of(request.run());
        List<String> order =
                plan.connector().orderBy() ? plan.entity().columns().keyNames() : List.of();
        return ApiSmithPaging.path(feed(plan).listing(), order);
    }

    private static ApiSmithFeed feed(RunPlan plan) {
        return (ApiSmithFeed) plan.feed();
    }

    /** Judges the answer and reads it: a page, a look-up's answer, the list of APIs, or a token. */
    public Object read(Exchange exchange) {
        SourceRequest request = exchange.getProperty("request", SourceRequest.class);
        Message message = exchange.getMessage();
        String what = what(request);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String retryAfter = message.getHeader("Retry-After", String.class);
        byte[] body = body(message, connector(request).dataTimeout(), what);
        CaravanException refusal = answers.fault(status, retryAfter, what).orElse(null);
        if (refusal != null) {
            throw refusal;
        }
        requireJson(message, what);
        governor.answered(request.connector());
        return switch (request.kind()) {
            case PAGE -> page(request, body);
            case LOOK_UP -> lookUp(request, body);
            case METADATA -> ApiSmithAnswers.apis(body);
            case COUNT -> ApiSmithAnswers.total(body);
            case LOGIN -> ApiSmithAnswers.token(body);
        };
    }

    private String what(SourceRequest request) {
        return switch (request.kind()) {
            case PAGE -> {
                RunPlan plan = plans.of(request.run());
                yield plan.entity().name() + " " + plan.feed().position();
            }
            case LOOK_UP -> plans.of(request.run()).entity().name() + " look-up by key";
            case METADATA -> request.connector() + " list of APIs";
            case COUNT -> request.connector() + " number of rows";
            case LOGIN -> request.connector() + " login";
        };
    }

    private byte[] body(Message message, Duration timeout, String what) {
        InputStream stream = message.getBody(InputStream.class);
        InputStream present = stream == null ? new ByteArrayInputStream(new byte[0]) : stream;
        long expected = message.getHeader(Exchange.CONTENT_LENGTH, 0L, Long.class);
        return BoundedBody.read(present, expected, settings.memory() / (WEIGHT + 1), timeout, what);
    }

    private static void requireJson(Message message, String what) {
        String type = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        if (!type.isEmpty() && !type.contains("json")) {
            throw new CaravanException(
                    FaultKind.TRANSIENT,
                    "ANSWER_UNREADABLE",
                    what + ": the answer is " + type + " instead of JSON; is there a proxy or login page between?");
        }
    }

    private Page page(SourceRequest request, byte[] body) {
        RunPlan plan = plans.of(request.run());
        ApiSmithFeed feed = feed(plan);
        ApiSmithPage read = feed.read(body);
        Listing listing = feed.listing();
        Listing after = feed.take(plan, read);
        if (read.known() > 0) {
            Page page = Page.known(
                    plan.run(),
                    after.sequence(),
                    read.known(),
                    body.length,
                    listing.round(),
                    Checkpoint.of(after).text());
            lanes.fetched(page);
            return page;
        }
        boolean onlyLookedAt = after.looksAhead() || listing.resumed() && !listing.isSeeking();
        int taken =
                onlyLookedAt ? 0 : plan.take(read.rows().size() + read.refused().size());
        int good = Math.min(taken, read.rows().size());
        Page page = new Page(
                plan.run(),
                after.sequence(),
                read.rows().subList(0, good),
                read.refused().subList(0, taken - good),
                taken,
                (long) body.length * WEIGHT,
                listing.round(),
                Checkpoint.of(after).text(),
                read.highest());
        lanes.fetched(page);
        return page;
    }

    private LookUpAnswer lookUp(SourceRequest request, byte[] body) {
        RunPlan plan = plans.of(request.run());
        ApiSmithPage read = feed(plan).reader().read(body);
        String wanted = request.keyHash() == null ? "" : request.keyHash();
        boolean found = false;
        for (Row row : read.rows()) {
            @Nullable String key = plan.shape().keyOf(row);
            found |= wanted.equals(key);
        }
        if (found) {
            return new LookUpAnswer(wanted, LookUpAnswer.Verdict.PRESENT);
        }
        return new LookUpAnswer(wanted, read.size() == 0 ? LookUpAnswer.Verdict.GONE : LookUpAnswer.Verdict.UNKNOWN);
    }
}
