package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as the client meets it, and when it does. */
class SandboxFaultTest {
    private static final String PATH = "data/things?page=2&page_size=2";

    private final ApiSmithSandbox sandbox = ApiSmithSandbox.start(0);
    private final Caller caller = new Caller(sandbox);
    private String whole = "";

    @BeforeEach
    void publishThings() {
        sandbox.publish(
                SandboxApi.of("things", "full", SandboxColumn.number("ID", 9, 0).key()),
                List.of(SandboxRow.values("ID", 1L), SandboxRow.values("ID", 2L), SandboxRow.values("ID", 3L)));
        whole = caller.get(PATH).body();
        sandbox.forgetRequests();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429, 500, 503})
    void anErrorStatusHasABodyAndDoesNotAskToWait(int status) {
        sandbox.faults().next(1, SandboxFault.status(status));
        HttpResponse<String> answer = caller.get(PATH);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Caller.parsed(answer.body()).path("detail").asText()).contains(Integer.toString(status));
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(caller.get(PATH).body()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void anErrorStatusMayAskToWaitSecondsOrUntilADate(int status) {
        sandbox.faults().next(1, SandboxFault.waitFor(status, Duration.ofMinutes(2)));
        sandbox.faults().next(1, SandboxFault.waitUntil(status, Instant.parse("2025-12-08T09:05:07Z")));
        sandbox.faults().next(1, SandboxFault.status(status, "soon"));
        assertThat(retryAfter()).isEqualTo("120");
        assertThat(retryAfter()).isEqualTo("Mon, 08 Dec 2025 09:05:07 GMT");
        assertThat(retryAfter()).isEqualTo("soon");
    }

    @Test
    void aBrokenAnswerEndsBeforeItsLength() throws IOException {
        sandbox.faults().next(1, SandboxFault.broken(10));
        sandbox.faults().next(1, SandboxFault.broken(1_000_000));
        assertThat(bodyOnASocket(whole.length())).isEqualTo(whole.substring(0, 10));
        assertThat(bodyOnASocket(whole.length())).isEqualTo(whole.substring(0, whole.length() - 1));
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.BROKEN));
        assertThatThrownBy(() -> caller.get(PATH)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aTruncatedAnswerIsWholeButForItsJson() {
        sandbox.faults().next(1, SandboxFault.truncated(20));
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.TRUNCATED));
        assertThat(caller.get(PATH).body()).isEqualTo(whole.substring(0, 20));
        String half = caller.get(PATH).body();
        assertThat(half).isEqualTo(whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> Caller.parsed(half)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aPageForPeopleIsNoJson() {
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.HTML));
        HttpResponse<String> answer = caller.get(PATH);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void aBombIsSmallOnTheWireAndSoundGzip() throws IOException, InterruptedException {
        sandbox.faults().next(1, SandboxFault.bomb(3_000_000));
        try (InputStream unpacked = new GZIPInputStream(caller.stream(PATH).body())) {
            String text = new String(unpacked.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(text.length()).isGreaterThanOrEqualTo(3_000_000);
            assertThat(text.replace(" ", "")).isEqualTo("{\"rows\":[]}");
        }
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.BOMB));
        HttpResponse<InputStream> packed = caller.stream(PATH);
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(length(packed)).isLessThan(2_000_000);
    }

    @Test
    void aBombUnpacksToMoreThanAGigabyte() throws IOException, InterruptedException {
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.BOMB));
        try (InputStream unpacked = new GZIPInputStream(caller.stream(PATH).body(), 1 << 16)) {
            assertThat(skipped(unpacked)).isGreaterThan(1L << 30);
        }
    }

    @Test
    void aHugePageIsOneRowOfManyBytes() throws IOException, InterruptedException {
        sandbox.faults().next(1, SandboxFault.hugePage(1_234_567));
        String text = caller.get(PATH).body();
        assertThat(text).hasSize(1_234_567);
        assertThat(Caller.parsed(text).path("rows")).hasSize(1);
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.HUGE_PAGE));
        HttpResponse<InputStream> answer = caller.stream(PATH);
        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
        assertThat(length(answer)).isEqualTo(100_000_000);
    }

    @Test
    void aDripEndsWellWhereThereIsTimeAndBreaksOffWhereThereIsNot() {
        sandbox.faults().next(1, SandboxFault.drip(Duration.ofNanos(1000), Duration.ofSeconds(10)));
        sandbox.faults().next(1, SandboxFault.drip(Duration.ofMillis(5), Duration.ofMillis(50)));
        assertThat(caller.get(PATH).body()).isEqualTo(whole);
        assertThatThrownBy(() -> caller.get(PATH)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void whatHangsIsLetGoInTheEnd() throws IOException {
        sandbox.faults().next(1, SandboxFault.hang(Duration.ofMillis(20)));
        assertThat(onASocket()).isEmpty();
        assertThat(caller.get(PATH).body()).isEqualTo(whole);
    }

    @ParameterizedTest
    @EnumSource(
            value = SandboxFault.Kind.class,
            names = {"HANG", "DRIP"})
    void whatIsSlowIsLetGoWhenTheSandboxCloses(SandboxFault.Kind kind) {
        sandbox.faults().always(SandboxFault.of(kind));
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> new Caller(sandbox).get(PATH));
        Awaitility.await().until(() -> sandbox.log().count() > 0);
        sandbox.close();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(answer::isCompletedExceptionally);
    }

    @Test
    void aDelayedAnswerIsTheRightOne() {
        sandbox.faults().next(1, SandboxFault.delay(Duration.ofMillis(50)));
        long start = System.nanoTime();
        assertThat(caller.get(PATH).body()).isEqualTo(whole);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(50));
    }

    @Test
    void aRedirectLeadsElsewhere() {
        sandbox.faults().next(1, SandboxFault.redirect("http://127.0.0.3:1"));
        HttpResponse<String> answer = caller.get(PATH);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .contains("http://127.0.0.3:1/api/v1/data/things?page=2&page_size=2");
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.REDIRECT));
        assertThat(URI.create(caller.get(PATH).headers().firstValue("Location").orElseThrow())
                        .getHost())
                .isNotEqualTo("127.0.0.1");
    }

    @Test
    void theFirstPageComesForEver() {
        String first = caller.get("data/things?page=1&page_size=2").body();
        sandbox.faults().always(SandboxFault.of(SandboxFault.Kind.FIRST_PAGE));
        assertThat(caller.get(PATH).body()).isEqualTo(first);
        assertThat(caller.get("data/things?page=99&page_size=2").body()).isEqualTo(first);
    }

    @Test
    void aLostAnswerWasCarriedOut() throws IOException {
        List<String> carriedOut = new ArrayList<>();
        sandbox.before("things", 1, () -> carriedOut.add("once"));
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.LOST));
        assertThat(onASocket()).isEmpty();
        assertThat(carriedOut).containsExactly("once");
    }

    @Test
    void faultsQueueUp() {
        sandbox.faults().next(2, SandboxFault.status(500));
        sandbox.faults().next(1, SandboxFault.status(503));
        assertThat(statuses(5)).containsExactly(500, 500, 503, 200, 200);
        assertThat(sandbox.faults().counts()).isEqualTo(Map.of("500", 2, "503", 1));
        assertThat(sandbox.log().entries())
                .extracting(RequestLog.Entry::fault)
                .containsExactly("500", "500", "503", "", "");
    }

    @Test
    void oneRequestFailsByItsNumber() {
        caller.get(PATH);
        sandbox.faults().at(2, SandboxFault.status(500));
        sandbox.faults().at(3, SandboxFault.status(503));
        assertThat(statuses(4)).containsExactly(200, 500, 503, 200);
    }

    @Test
    void aShareOfTheRequestsFailsTheSameForTheSameSeed() {
        sandbox.faults().share(0.3, 42, SandboxFault.status(500));
        List<Integer> once = statuses(100);
        sandbox.faults().clear();
        sandbox.faults().share(0.3, 42, SandboxFault.status(500));
        assertThat(statuses(100)).isEqualTo(once);
        assertThat(once.stream().filter(status -> status == 500).count()).isBetween(15L, 45L);
    }

    @Test
    void onlySomePathsFailWhereThatIsAsked() {
        sandbox.faults().on(ApiSmithSandbox.DATA).always(SandboxFault.status(500));
        assertThat(caller.get("apis").statusCode()).isEqualTo(200);
        assertThat(caller.get(PATH).statusCode()).isEqualTo(500);
        sandbox.faults().clear();
        assertThat(caller.get(PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void faultsOfDataGoByTheNumberOfTheRequest() {
        sandbox.faults().always(SandboxFault.status(404));
        sandbox.setFaults(number -> number >= 2 ? SandboxFault.status(500) : null);
        assertThat(caller.get("apis").statusCode()).isEqualTo(200);
        assertThat(statuses(3)).containsExactly(200, 500, 500);
    }

    private String retryAfter() {
        return caller.get(PATH).headers().firstValue("Retry-After").orElse("");
    }

    private List<Integer> statuses(int requests) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            statuses.add(caller.get(PATH).statusCode());
        }
        return statuses;
    }

    private String bodyOnASocket(int announced) throws IOException {
        String answer = onASocket();
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-length: " + announced + "\r\n");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** All that comes before the connection is closed; Java's own client would ask again where nothing comes. */
    private String onASocket() throws IOException {
        URI url = URI.create(sandbox.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = "GET /api/v1/" + PATH + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + sandbox.token()
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static long length(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return skipped(body);
        }
    }

    private static long skipped(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        int read = in.read(buffer);
        while (read >= 0) {
            length += read;
            read = in.read(buffer);
        }
        return length;
    }
}
