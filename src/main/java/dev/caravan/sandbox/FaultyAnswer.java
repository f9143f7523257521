package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Sends an answer, or spoils it. Stateless. */
final class FaultyAnswer {
    private static final int BOMB_MEGABYTES = 1024;

    private FaultyAnswer() {}

    static void send(HttpExchange exchange, @Nullable SandboxFault fault, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (fault == null || fault.kind() == SandboxFault.Kind.FIRST_PAGE) {
            whole(exchange, 200, body);
            return;
        }
        switch (fault.kind()) {
            case STATUS -> {
                if (!fault.retryAfter().isEmpty()) {
                    exchange.getResponseHeaders().set("Retry-After", fault.retryAfter());
                }
                whole(exchange, fault.status(), "{\"detail\":\"spoiled\"}".getBytes(StandardCharsets.UTF_8));
            }
            case BROKEN -> {
                exchange.sendResponseHeaders(200, body.length + 10L);
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
            }
            case TRUNCATED -> {
                exchange.sendResponseHeaders(200, body.length / 2);
                exchange.getResponseBody().write(body, 0, body.length / 2);
            }
            case HTML -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                whole(exchange, 200, "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8));
            }
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.2:9/elsewhere");
                whole(exchange, 302, new byte[0]);
            }
            case BOMB -> bomb(exchange);
            case FIRST_PAGE -> whole(exchange, 200, body);
        }
    }

    private static void whole(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void bomb(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, 0);
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        try (OutputStream packed = new GZIPOutputStream(exchange.getResponseBody())) {
            for (int i = 0; i < BOMB_MEGABYTES; i++) {
                packed.write(blanks);
            }
        }
    }
}
