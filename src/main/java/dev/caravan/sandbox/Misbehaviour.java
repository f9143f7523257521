package dev.caravan.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;

/** How a fault answers a request. Implementations are stateless. */
@FunctionalInterface
interface Misbehaviour {
    /** Answers in its own way, or closes the exchange without an answer. */
    void answer(HttpExchange exchange, Request request, Health health) throws IOException;

    /** What a fault may ask of the sandbox. */
    interface Health {
        /** The right answer to a request; asking for it carries the request out. */
        Answer answer(Request request);

        /** Waits, but not beyond the sandbox's end; false when it ended. */
        boolean pause(Duration duration);
    }

    /** An answer that needs nothing of the request. */
    static Misbehaviour instead(Answer answer) {
        return (exchange, request, health) -> Wire.send(exchange, answer);
    }

    /** The right answer with another body. */
    record Altered(BiFunction<Request, String, String> alteration) implements Misbehaviour {
        @Override
        public void answer(HttpExchange exchange, Request request, Health health) throws IOException {
            Answer whole = health.answer(request.plain());
            String body =
                    StandardCharsets.UTF_8.decode(whole.body().duplicate()).toString();
            ByteBuffer altered = ByteBuffer.wrap(alteration.apply(request, body).getBytes(StandardCharsets.UTF_8));
            Wire.send(exchange, new Answer(whole.status(), whole.headers(), altered));
        }
    }

    /** The length of the whole is announced, the connection closed before. */
    record BreakOff(IntUnaryOperator bytes) implements Misbehaviour {
        @Override
        public void answer(HttpExchange exchange, Request request, Health health) throws IOException {
            Answer whole = health.answer(request);
            Wire.head(exchange, whole, whole.length());
            Wire.write(exchange, whole.cutTo(bytes.applyAsInt(whole.length())));
            exchange.getResponseBody().flush();
            exchange.close();
        }
    }

    /** A byte now and then. */
    record SlowDrip(Duration pause, Duration atMost) implements Misbehaviour {
        @Override
        public void answer(HttpExchange exchange, Request request, Health health) throws IOException {
            Answer whole = health.answer(request);
            Wire.head(exchange, whole, whole.length());
            OutputStream out = exchange.getResponseBody();
            long drops = Math.min(whole.length(), atMost.toNanos() / Math.max(1, pause.toNanos()));
            for (int i = 0; i < drops && health.pause(pause); i++) {
                out.write(whole.body().get(whole.body().position() + i));
                out.flush();
            }
            exchange.close();
        }
    }

    /** Blanks beyond measure, compressed. */
    record GzipBomb(long expandedBytes, String before, String after) implements Misbehaviour {
        @Override
        public void answer(HttpExchange exchange, Request request, Health health) throws IOException {
            Answer head = Answer.json(200, "").with("Content-Encoding", "gzip");
            Wire.head(exchange, head, Wire.UNKNOWN_LENGTH);
            GzipBlanks.write(before, expandedBytes, after, exchange.getResponseBody());
            exchange.close();
        }
    }

    /** One row with one enormous text. */
    record HugePage(long bytes, String before, String after) implements Misbehaviour {
        private static final int BLOCK = 1 << 16;

        @Override
        public void answer(HttpExchange exchange, Request request, Health health) throws IOException {
            byte[] block = new byte[BLOCK];
            Arrays.fill(block, (byte) 'x');
            Wire.head(exchange, Answer.json(200, ""), Wire.UNKNOWN_LENGTH);
            OutputStream out = exchange.getResponseBody();
            out.write(before.getBytes(StandardCharsets.US_ASCII));
            long left = bytes - before.length() - after.length();
            while (left > 0) {
                int now = (int) Math.min(left, BLOCK);
                out.write(block, 0, now);
                left -= now;
            }
            out.write(after.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        }
    }
}
