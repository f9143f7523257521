package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Secret;
import dev.caravan.config.Settings;
import dev.caravan.delta.Delta;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.source.BoundedBody;
import dev.caravan.source.HttpAnswers;
import dev.caravan.source.apismith.ApiSmithAnswers;
import dev.caravan.target.schedulehub.HubBatch;
import dev.caravan.target.schedulehub.HubFormat;
import dev.caravan.target.schedulehub.HubResult;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;

/** From a call to ScheduleHub to HTTP headers and body, and from the answer to what it says. Safe for several threads. */
public final class HubCalls {
    /** A whole call is refused so for what it holds: unreadable, too large, not as the contract has it. */
    private static final Set<Integer> REFUSALS = Set.of(400, 409, 413, 422);

    private final Settings settings;
    private final Plans plans;
    private final Tokens tokens;
    private final HttpAnswers answers;
    private final Governor governor;

    HubCalls(Settings settings, Plans plans, Tokens tokens, HttpAnswers answers, Governor governor) {
        this.settings = settings;
        this.plans = plans;
        this.tokens = tokens;
        this.answers = answers;
        this.governor = governor;
    }

    /** Sets method, address, token and body. */
    public void prepare(Exchange exchange) {
        HubRequest request = exchange.getProperty("request", HubRequest.class);
        ConnectorSettings hub = hub(request);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method(request));
        message.setHeader(Exchange.HTTP_URI, hub.url() + path(request, hub));
        message.setHeader("Accept", "application/json");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(body(request, hub));
        if (request.verb() != HubRequest.Verb.LOG_IN
                && (hub.token().isPresent() || hub.username().isPresent())) {
            message.setHeader("Authorization", "Bearer " + tokens.bearer(hub));
        }
        if (!request.run().isEmpty()) {
            plans.of(request.run()).requests().incrementAndGet();
        }
    }

    private ConnectorSettings hub(HubRequest request) {
        return settings.connector(request.connector())
                .orElseThrow(() -> new IllegalStateException("No connector is called " + request.connector()));
    }

    private static HttpMethods method(HubRequest request) {
        HubBatch batch = request.batch();
        if (batch != null) {
            return batch.verb() == Delta.INSERT ? HttpMethods.POST : HttpMethods.PUT;
        }
        return request.verb() == HubRequest.Verb.DELETE ? HttpMethods.DELETE : HttpMethods.POST;
    }

    private String path(HubRequest request, ConnectorSettings hub) {
        if (request.verb() == HubRequest.Verb.LOG_IN) {
            return hub.loginPath();
        }
        RunPlan plan = plans.of(request.run());
        String name = plan.settings().targetTable().orElse(plan.entity().slug());
        String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        String path = request.verb() == HubRequest.Verb.LOOK_UP
                ? hub.targetPaths().lookUp()
                : hub.targetPaths().batch();
        return path.replace("{entity}", segment);
    }

    private byte[] body(HubRequest request, ConnectorSettings hub) {
        HubBatch batch = request.batch();
        if (batch != null) {
            return new HubFormat(plans.of(request.run()).connector().name()).records(batch);
        }
        return switch (request.verb()) {
            case LOOK_UP -> HubFormat.hashes(request.names());
            case LOG_IN -> {
                String password = hub.password().map(Secret::value).orElse("");
                yield ApiSmithAnswers.login(hub.username().orElse(""), password).getBytes(StandardCharsets.UTF_8);
            }
            case SEND, DELETE -> HubFormat.uids(request.names());
        };
    }

    /** Judges the answer and reads it: a token, or what ScheduleHub holds and did. */
    public Object read(Exchange exchange) {
        HubRequest request = exchange.getProperty("request", HubRequest.class);
        Message message = exchange.getMessage();
        String what = what(request);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        InputStream stream = message.getBody(InputStream.class);
        byte[] body = BoundedBody.read(
                stream == null ? new ByteArrayInputStream(new byte[0]) : stream,
                message.getHeader(Exchange.CONTENT_LENGTH, 0L, Long.class),
                settings.memory() / 4,
                hub(request).dataTimeout(),
                what);
        if (request.batch() != null && REFUSALS.contains(status)) {
            return refused(request, HubFormat.refusal(body, status), what);
        }
        CaravanException fault = answers.fault(status, message.getHeader("Retry-After", String.class), what)
                .orElse(null);
        if (fault != null) {
            throw fault;
        }
        governor.answered(request.connector());
        return switch (request.verb()) {
            case LOG_IN -> ApiSmithAnswers.token(body);
            case LOOK_UP -> new HubAnswer(request, HubFormat.states(body), List.of());
            case SEND, DELETE -> new HubAnswer(request, List.of(), HubFormat.results(body, request.size()));
        };
    }

    /** A record sent alone is what was refused; of several, each is sent alone to find out which. */
    private static HubAnswer refused(HubRequest request, String error, String what) {
        if (request.size() == 1) {
            return new HubAnswer(request, List.of(), List.of(new HubResult(0, error)));
        }
        throw new CaravanException(
                FaultKind.BAD_DATA, Governor.BATCH_REFUSED, what + " was refused as a whole: " + error);
    }

    private String what(HubRequest request) {
        String entity = request.run().isEmpty()
                ? request.connector()
                : plans.of(request.run()).entity().name();
        return switch (request.verb()) {
            case LOG_IN -> entity + " login";
            case LOOK_UP -> entity + " look-up in " + request.connector();
            case SEND -> entity + " batch to " + request.connector();
            case DELETE -> entity + " deletion in " + request.connector();
        };
    }
}
