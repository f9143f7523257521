package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Answer;
import dev.caravan.sandbox.Json;
import dev.caravan.sandbox.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives tokens to applications, or says in the manner of Entra ID why not. Thread-safe. */
final class LoginHost {
    private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");

    private final String tenant;
    private final AccessTokens tokens;
    private final Supplier<String> environment;
    private final Switches switches;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    LoginHost(String tenant, AccessTokens tokens, Supplier<String> environment, Switches switches) {
        this.tenant = tenant;
        this.tokens = tokens;
        this.environment = environment;
        this.switches = switches;
    }

    void addClient(String id, String secret) {
        secrets.put(id, secret);
    }

    Answer answer(Request request) {
        Matcher path = TOKEN.matcher(request.path());
        if (!path.matches() || !request.method().equals("POST")) {
            return Answer.html(404, "<html><body>Not found</body></html>");
        }
        Map<String, String> form = form(request.body());
        if (!path.group(1).equals(tenant)) {
            return refusal(400, "invalid_request", 90002, "Tenant '" + path.group(1) + "' not found.");
        }
        if (!form.getOrDefault("grant_type", "").equals("client_credentials")) {
            return refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        return token(form.getOrDefault("client_id", ""), form);
    }

    private Answer token(String client, Map<String, String> form) {
        String secret = secrets.get(client);
        if (secret == null) {
            return refusal(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '" + client + "' was not found in the directory '" + tenant + "'.");
        }
        if (!secret.equals(form.get("client_secret"))) {
            return refusal(
                    401,
                    "invalid_client",
                    7000215,
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
                            + " value, not the client secret ID, for a secret added to app '" + client + "'.");
        }
        String scope = form.getOrDefault("scope", "");
        String resource = scope.replaceAll("/{1,2}\\.default$", "");
        if (resource.equals(scope) || resource.matches("https?://[^/]+/.*")) {
            return refusal(
                    400,
                    "invalid_scope",
                    1002012,
                    "The provided value for scope " + scope + " is not valid. Client credential flows must have a"
                            + " scope value with /.default suffixed to the resource identifier (application ID URI).");
        }
        if (!resource.equals(environment.get())) {
            return refusal(
                    400,
                    "invalid_resource",
                    500011,
                    "The resource principal named " + resource + " was not found in the tenant named " + tenant + ".");
        }
        return granted(client);
    }

    private Answer granted(String client) {
        long seconds = switches.tokenLifetime().toSeconds();
        Map<String, Object> grant = new LinkedHashMap<>();
        grant.put("token_type", "Bearer");
        grant.put("expires_in", seconds);
        grant.put("ext_expires_in", seconds);
        grant.put("access_token", tokens.issue(client, switches.tokenLifetime()));
        return Answer.json(200, Json.of(grant)).with("Content-Type", "application/json; charset=utf-8");
    }

    private static Answer refusal(int status, String error, int code, String text) {
        Map<String, Object> refusal = new LinkedHashMap<>();
        refusal.put("error", error);
        refusal.put("error_description", "AADSTS" + code + ": " + text);
        refusal.put("error_codes", List.of(code));
        refusal.put("timestamp", "2026-01-05 08:00:00Z");
        refusal.put("trace_id", Guids.random(code));
        refusal.put("correlation_id", Guids.random(status));
        return Answer.json(status, Json.of(refusal)).with("Content-Type", "application/json; charset=utf-8");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
