package dev.caravan.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;

/** One way in which one request goes wrong. Immutable; {@link Faults} says when. */
public final class SandboxFault {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String ELSEWHERE = "http://127.0.0.2:9";
    private static final String SIGN_IN =
            "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>";

    private final String name;
    private final Misbehaviour misbehaviour;

    private SandboxFault(String name, Misbehaviour misbehaviour) {
        this.name = name;
        this.misbehaviour = misbehaviour;
    }

    /** What can happen beside an error status. */
    public enum Kind {
        /** The connection is closed in the middle of the body. */
        BROKEN,
        /** The body ends in the middle, and says that it is whole. */
        TRUNCATED,
        /** A page for people with status 200. */
        HTML,
        /** 302 to another host. */
        REDIRECT,
        /** The first page again, whatever page was asked for. */
        FIRST_PAGE,
        /** A small body that unpacks to a gigabyte. */
        BOMB,
        /** A page of 100 MB. */
        HUGE_PAGE,
        /** A byte every 100 ms, for a minute at most. */
        DRIP,
        /** Nothing for a minute, then the connection is closed. */
        HANG,
        /** The request is carried out, and the connection closed instead of an answer. */
        LOST
    }

    /** A fault with the measures that its kind says. */
    public static SandboxFault of(Kind kind) {
        return switch (kind) {
            case BROKEN -> broken(length -> length / 2);
            case TRUNCATED -> truncated(length -> length / 2);
            case HTML -> named(kind, Misbehaviour.instead(Answer.html(200, SIGN_IN)));
            case REDIRECT -> redirect(ELSEWHERE);
            case FIRST_PAGE ->
                named(
                        kind,
                        (exchange, request, health) -> Wire.send(exchange, health.answer(request.with("page", "1"))));
            case BOMB -> bomb(1L << 30);
            case HUGE_PAGE -> hugePage(100_000_000);
            case DRIP -> drip(Duration.ofMillis(100), Duration.ofMinutes(1));
            case HANG -> hang(Duration.ofMinutes(1));
            case LOST ->
                named(kind, (exchange, request, health) -> {
                    health.answer(request);
                    exchange.close();
                });
        };
    }

    /** An answer of one's own in place of the right one. */
    public static SandboxFault answer(String name, Answer answer) {
        return new SandboxFault(name, Misbehaviour.instead(answer));
    }

    /** The right answer, uncompressed, with its body made another; the function is given the request and the body. */
    public static SandboxFault altered(String name, BiFunction<Request, String, String> alteration) {
        return new SandboxFault(name, new Misbehaviour.Altered(alteration));
    }

    /** An error status with a body in APISmith's form: 400, 401, 403, 404, 429, 500, 503. */
    public static SandboxFault status(int status) {
        return new SandboxFault(Integer.toString(status), Misbehaviour.instead(refusal(status)));
    }

    /** An error status that asks to wait: {@code Retry-After} as it is to be sent. */
    public static SandboxFault status(int status, String retryAfter) {
        return new SandboxFault(
                status + " Retry-After", Misbehaviour.instead(refusal(status).with("Retry-After", retryAfter)));
    }

    /** 429 or 503 that asks to wait some whole seconds. */
    public static SandboxFault waitFor(int status, Duration retryAfter) {
        return status(status, Long.toString(retryAfter.toSeconds()));
    }

    /** 429 or 503 that asks to wait until a time, said as an HTTP date. */
    public static SandboxFault waitUntil(int status, Instant time) {
        return status(status, HTTP_DATE.format(time));
    }

    /** {@link Kind#BROKEN} after so many bytes of the body, at the latest before its last. */
    public static SandboxFault broken(int bytes) {
        return broken(length -> Math.min(bytes, length - 1));
    }

    /** {@link Kind#TRUNCATED} after so many bytes of the body, at the latest before its last. */
    public static SandboxFault truncated(int bytes) {
        return truncated(length -> Math.min(bytes, length - 1));
    }

    /** {@link Kind#REDIRECT} to the same path and query below another base. */
    public static SandboxFault redirect(String otherBaseUrl) {
        return named(
                Kind.REDIRECT,
                (exchange, request, health) ->
                        Wire.send(exchange, refusal(302).with("Location", otherBaseUrl + request.target())));
    }

    /** {@link Kind#BOMB} of at least so many bytes when unpacked: a page without rows, full of blanks. */
    public static SandboxFault bomb(long unpackedBytes) {
        return bomb(unpackedBytes, "{\"rows\":[", "]}");
    }

    /** The same with another text before and after the blanks. */
    public static SandboxFault bomb(long unpackedBytes, String head, String tail) {
        return named(Kind.BOMB, new Misbehaviour.GzipBomb(unpackedBytes, head, tail));
    }

    /** {@link Kind#HUGE_PAGE} of so many bytes in one row, its length not said beforehand. */
    public static SandboxFault hugePage(long bytes) {
        return hugePage(bytes, "{\"rows\":[{\"oracle_keys\":{},\"row_version\":null,\"data\":{\"PAD\":\"", "\"}}]}");
    }

    /** The same with another text before and after the letters. */
    public static SandboxFault hugePage(long bytes, String head, String tail) {
        return named(Kind.HUGE_PAGE, new Misbehaviour.HugePage(bytes, head, tail));
    }

    /** {@link Kind#DRIP}: the right answer a byte at a time, broken off where it takes longer. */
    public static SandboxFault drip(Duration pause, Duration atMost) {
        return named(Kind.DRIP, new Misbehaviour.SlowDrip(pause, atMost));
    }

    /** {@link Kind#HANG}: ends sooner where the sandbox closes. */
    public static SandboxFault hang(Duration atMost) {
        return named(Kind.HANG, (exchange, request, health) -> {
            health.pause(atMost);
            exchange.close();
        });
    }

    /** The right answer after a while. */
    public static SandboxFault delay(Duration latency) {
        return new SandboxFault("DELAY", (exchange, request, health) -> {
            health.pause(latency);
            Wire.send(exchange, health.answer(request));
        });
    }

    /** The request is carried out at once, the right answer comes after a while. */
    public static SandboxFault late(Duration latency) {
        return new SandboxFault("LATE", (exchange, request, health) -> {
            Answer answer = health.answer(request);
            health.pause(latency);
            Wire.send(exchange, answer);
        });
    }

    /** What it is called in the log and in the counts: its status or its kind. */
    public String name() {
        return name;
    }

    Misbehaviour misbehaviour() {
        return misbehaviour;
    }

    @Override
    public String toString() {
        return name;
    }

    private static SandboxFault broken(IntUnaryOperator bytes) {
        return named(Kind.BROKEN, new Misbehaviour.BreakOff(bytes));
    }

    private static SandboxFault truncated(IntUnaryOperator bytes) {
        return named(Kind.TRUNCATED, (exchange, request, health) -> {
            Answer whole = health.answer(request.plain());
            Wire.send(exchange, whole.cutTo(bytes.applyAsInt(whole.length())));
        });
    }

    private static SandboxFault named(Kind kind, Misbehaviour misbehaviour) {
        return new SandboxFault(kind.name(), misbehaviour);
    }

    private static Answer refusal(int status) {
        return Answer.refusal(status, "Status " + status + " on demand");
    }
}
