package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Answer;
import dev.caravan.sandbox.SandboxFault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Faults in the form Dataverse gives them. What goes wrong below HTTP or regardless of the system is in
 * {@link SandboxFault}. Stateless.
 */
public final class DataverseFaults {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String TOO_MANY =
            "Number of requests exceeded the limit of 6000 over time window of 300 seconds.";
    private static final Pattern NEXT = Pattern.compile("\"@odata\\.nextLink\":\"[^\"]*\"");
    private static final Pattern LINK_HOST = Pattern.compile("(\"@odata\\.(?:next|delta)Link\":\")https?://[^/]+");
    private static final Pattern DELTA = Pattern.compile("\"@odata\\.deltaLink\":\"[^\"]*\",?");
    private static final Pattern VALUE = Pattern.compile("\"value\":\\[.*\\]", Pattern.DOTALL);

    private DataverseFaults() {}

    /** 429 for too many requests, asking to wait some whole seconds. */
    public static SandboxFault throttled(Duration retryAfter) {
        return SandboxFault.answer(
                "429 Retry-After",
                Refusal.error(429, "0x80072322", TOO_MANY).with("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /** The same, until a time said as an HTTP date. */
    public static SandboxFault throttledUntil(Instant time) {
        return SandboxFault.answer(
                "429 Retry-After",
                Refusal.error(429, "0x80072322", TOO_MANY).with("Retry-After", HTTP_DATE.format(time)));
    }

    /** An error status with a body in Dataverse's form: 400, 401, 403, 404, 412, 429, 500, 503. */
    public static SandboxFault status(int status) {
        String code = switch (status) {
            case 401 -> "0x80048306";
            case 403 -> "0x80040220";
            case 404 -> "0x80040217";
            case 412 -> "0x80060882";
            case 429 -> "0x80072322";
            case 503 -> "0x8004F018";
            default -> "0x80040216";
        };
        Answer answer = Refusal.error(status, code, "Status " + status + " on demand");
        return SandboxFault.answer(
                Integer.toString(status), status == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer);
    }

    /** 503 that asks to wait some whole seconds. */
    public static SandboxFault unavailable(Duration retryAfter) {
        return SandboxFault.answer(
                "503 Retry-After",
                Refusal.error(503, "0x8004F018", "The service is unavailable.")
                        .with("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /** The delta link has expired, with the status given. */
    public static SandboxFault expiredDeltaLink(int status) {
        return SandboxFault.answer(
                "EXPIRED",
                Refusal.error(
                        status,
                        "0x80044352",
                        "Version stamp associated with the client has expired. Please perform a full sync."));
    }

    /** The right page, its links to another origin, such as {@code http://127.0.0.2:9}. */
    public static SandboxFault linksElsewhere(String origin) {
        return SandboxFault.altered(
                "ELSEWHERE",
                (request, body) -> LINK_HOST.matcher(body).replaceAll("$1" + Matcher.quoteReplacement(origin)));
    }

    /** The right page, its next link to the request itself: the same page for ever. */
    public static SandboxFault samePage(String environment) {
        return SandboxFault.altered(
                "SAME_PAGE",
                (request, body) -> NEXT.matcher(body)
                        .replaceAll(Matcher.quoteReplacement(
                                "\"@odata.nextLink\":\"" + environment + request.target() + "\"")));
    }

    /** A page without rows that has the next link of the right one. */
    public static SandboxFault emptyPage() {
        return SandboxFault.altered(
                "EMPTY_PAGE", (request, body) -> VALUE.matcher(body).replaceAll("\"value\":[]"));
    }

    /** The right page without its delta link. */
    public static SandboxFault withoutDeltaLink() {
        return SandboxFault.altered(
                "NO_DELTA_LINK", (request, body) -> DELTA.matcher(body).replaceAll(""));
    }

    /** A small body that unpacks to so many bytes: a page without rows, full of blanks. */
    public static SandboxFault bomb(long unpackedBytes) {
        return SandboxFault.bomb(unpackedBytes, "{\"value\":[", "]}");
    }

    /** A page of so many bytes in one row. */
    public static SandboxFault hugePage(long bytes) {
        return SandboxFault.hugePage(bytes, "{\"value\":[{\"@odata.etag\":\"W/\\\"1\\\"\",\"pad\":\"", "\"}]}");
    }
}
