package dev.caravan.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an APISmith in good health answers. Thread-safe. */
final class Endpoints {
    private static final String APIS = ApiSmithSandbox.ROOT + "apis";
    private static final List<Object> CONNECTORS =
            List.of(Map.of("uid", "6a1c3f52-0b7e-4e0f-9d55-8f2f6f0e7a01", "name", "ERP", "type", "oracle"));

    private final Map<String, RowSource> sources;
    private final Tokens tokens;
    private final PageHooks hooks;
    private final Supplier<SandboxOptions> options;

    Endpoints(Map<String, RowSource> sources, Tokens tokens, PageHooks hooks, Supplier<SandboxOptions> options) {
        this.sources = sources;
        this.tokens = tokens;
        this.hooks = hooks;
        this.options = options;
    }

    Answer answer(Request request) {
        try {
            Answer answer = route(request);
            boolean compress =
                    options.get().gzip() && request.header("accept-encoding").contains("gzip");
            return compress ? answer.gzipped() : answer;
        } catch (Refused refused) {
            Answer answer = Answer.refusal(refused.status(), refused.detail());
            return refused.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
        }
    }

    private Answer route(Request request) {
        String path = request.path();
        if (path.equals(ApiSmithSandbox.LOGIN)) {
            require(request, "POST");
            return login(request);
        }
        if (!tokens.admits(request.header("authorization"))) {
            throw new Refused(401, "Could not validate credentials");
        }
        require(request, "GET");
        if (path.equals(ApiSmithSandbox.ROOT + "connectors")) {
            return Answer.json(200, Json.of(CONNECTORS));
        }
        if (path.equals(APIS)) {
            return Answer.json(200, Json.of(descriptions()));
        }
        if (path.startsWith(APIS + "/")) {
            return Answer.json(
                    200,
                    Json.of(ApiText.of(source(path.substring(APIS.length() + 1)).api())));
        }
        if (path.startsWith(ApiSmithSandbox.DATA)) {
            return data(path.substring(ApiSmithSandbox.DATA.length()), request);
        }
        throw new Refused(404, "Not Found");
    }

    private Answer login(Request request) {
        Map<String, String> credentials = FlatJson.read(request.body());
        Optional<String> token = tokens.login(
                credentials.getOrDefault("username", ""),
                credentials.getOrDefault("password", ""),
                options.get().tokenLifetime());
        if (token.isEmpty()) {
            throw new Refused(401, "Incorrect username or password");
        }
        long seconds = options.get().tokenLifetime().toSeconds();
        return Answer.json(
                200,
                Json.of(SandboxRow.values("access_token", token.get(), "token_type", "bearer", "expires_in", seconds)));
    }

    private Answer data(String slug, Request request) {
        RowSource source = source(slug);
        DataQuery query = DataQuery.of(request.parameters(), options.get());
        int number = hooks.before(slug);
        Answer answer = Answer.json(200, source.page(query, options.get()));
        hooks.after(slug, number);
        return answer;
    }

    private RowSource source(String slug) {
        RowSource source = sources.get(slug);
        if (source == null) {
            throw new Refused(404, "API '" + slug + "' not found");
        }
        return source;
    }

    private List<Map<String, @Nullable Object>> descriptions() {
        synchronized (sources) {
            return sources.values().stream()
                    .map(source -> ApiText.of(source.api()))
                    .toList();
        }
    }

    private static void require(Request request, String method) {
        if (!request.method().equals(method)) {
            throw new Refused(405, "Method Not Allowed");
        }
    }
}
