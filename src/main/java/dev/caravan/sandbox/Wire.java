package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** Puts answers on the wire. */
final class Wire {
    /** The body's end is told by its chunks. */
    static final long UNKNOWN_LENGTH = 0;

    private static final long NO_BODY = -1;

    private Wire() {}

    /** A whole answer; the connection stays. */
    static void send(HttpExchange exchange, Answer answer) throws IOException {
        head(exchange, answer, answer.length() == 0 ? NO_BODY : answer.length());
        if (answer.length() > 0) {
            write(exchange, answer);
        }
        exchange.close();
    }

    /** Status and headers, with the length of the body to come in bytes. */
    static void head(HttpExchange exchange, Answer answer, long length) throws IOException {
        answer.headers()
                .forEach((name, value) ->
                        exchange.getResponseHeaders().put(name, value.lines().toList()));
        exchange.sendResponseHeaders(answer.status(), length);
    }

    /** The body, or a part of it. */
    static void write(HttpExchange exchange, Answer answer) throws IOException {
        OutputStream out = exchange.getResponseBody();
        out.write(
                answer.body().array(),
                answer.body().arrayOffset() + answer.body().position(),
                answer.length());
    }
}
