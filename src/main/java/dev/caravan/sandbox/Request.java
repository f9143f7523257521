package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param method GET, POST
 * @param target path and query as they were sent
 * @param path the path, decoded
 * @param parameters of the query, decoded, the last of each name
 * @param headers names in lower case; several of one name are one, with commas between
 * @param body empty where there is none
 */
public record Request(
        String method,
        String target,
        String path,
        Map<String, String> parameters,
        Map<String, String> headers,
        String body) {

    static Request read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestURI().getPath(),
                parameters(exchange.getRequestURI().getRawQuery()),
                headers,
                body);
    }

    /** The same request with another value of one parameter. */
    Request with(String parameter, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(parameter, value);
        return new Request(method, target, path, changed, headers, body);
    }

    /** The same request from someone who takes no compressed answer. */
    Request plain() {
        Map<String, String> fewer = new TreeMap<>(headers);
        fewer.remove("accept-encoding");
        return new Request(method, target, path, parameters, fewer, body);
    }

    /** A header by its name in lower case; empty where it was not sent. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
