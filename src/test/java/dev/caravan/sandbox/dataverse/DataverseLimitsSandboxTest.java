package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.SandboxFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Service limits, and what goes wrong on demand. */
class DataverseLimitsSandboxTest {
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);

    @BeforeEach
    void publish() {
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void everyAnswerSaysWhatIsLeft() {
        SocketCaller.Reply reply = caller.get("teams");
        assertThat(reply.header("x-ms-ratelimit-burst-remaining-xrm-requests")).isEqualTo("5999");
        assertThat(reply.header("x-ms-ratelimit-time-remaining-xrm-requests")).isEqualTo("1,200.00");
        assertThat(reply.header("x-ms-dop-hint")).isEqualTo("48");
        assertThat(reply.header("odata-version")).isEqualTo("4.0");
        assertThat(reply.header("req_id")).isNotEmpty();
        assertThat(reply.header("content-type")).isEqualTo("application/json; odata.metadata=minimal");
    }

    @Test
    void tooManyRequestsWaitUntilTheWindowHasMovedOn() {
        sandbox.setClock(Clock.fixed(START, ZoneOffset.UTC));
        sandbox.switches().limits(ServiceLimits.defaults().withRequests(3, Duration.ofSeconds(60)));
        for (int i = 0; i < 3; i++) {
            assertThat(caller.get("teams").status()).isEqualTo(200);
        }
        sandbox.setClock(Clock.fixed(START.plusSeconds(20), ZoneOffset.UTC));
        SocketCaller.Reply reply = caller.get("teams");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("0x80072322");
        assertThat(reply.header("retry-after")).isEqualTo("40");
        assertThat(caller.get("teams").header("retry-after")).isEqualTo("41");
        sandbox.setClock(Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC));
        assertThat(caller.get("teams").status()).isEqualTo(200);
    }

    @Test
    void executionTimeIsLimited() {
        sandbox.switches()
                .latency(Duration.ofMillis(10))
                .limits(ServiceLimits.defaults().withExecutionTime(Duration.ofMillis(5)));
        assertThat(caller.get("teams").status()).isEqualTo(200);
        SocketCaller.Reply reply = caller.get("teams");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("0x80072321");
        assertThat(reply.header("x-ms-ratelimit-time-remaining-xrm-requests")).isEqualTo("0.00");
    }

    @Test
    void onlySomeRequestsRunAtTheSameTime() {
        sandbox.switches()
                .latency(Duration.ofSeconds(2))
                .limits(ServiceLimits.defaults().withConcurrent(1));
        CompletableFuture<SocketCaller.Reply> first = CompletableFuture.supplyAsync(() -> caller.get("teams"));
        Awaitility.await().until(() -> sandbox.log().count() == 1);
        SocketCaller.Reply second = caller.get("teams");
        assertThat(List.of(second.status(), first.join().status())).containsExactlyInAnyOrder(429, 200);
        SocketCaller.Reply refused = second.status() == 429 ? second : first.join();
        assertThat(refused.code()).isEqualTo("0x80072326");
        assertThat(refused.header("retry-after")).isEqualTo("1");
    }

    @Test
    void theHighestRateIsKnown() {
        sandbox.setClock(Clock.fixed(START, ZoneOffset.UTC));
        caller.get("teams");
        sandbox.setClock(Clock.fixed(START.plusSeconds(4), ZoneOffset.UTC));
        caller.get("teams");
        sandbox.setClock(Clock.fixed(START.plusSeconds(6), ZoneOffset.UTC));
        caller.get("teams");
        assertThat(sandbox.log().mostWithin(Duration.ofSeconds(5))).isEqualTo(2);
        assertThat(sandbox.requestsOf("teams")).hasSize(3);
        sandbox.forgetRequests();
        assertThat(sandbox.log().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 412, 429, 500, 503})
    void anErrorStatusHasABodyInDataversesForm(int status) {
        sandbox.faults().next(1, DataverseFaults.status(status));
        SocketCaller.Reply reply = caller.get("teams");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).startsWith("0x80");
        assertThat(reply.header("www-authenticate").isEmpty()).isEqualTo(status != 401);
        assertThat(caller.get("teams").status()).isEqualTo(200);
    }

    @Test
    void waitingIsAskedForInSecondsOrAsADate() {
        sandbox.faults().on(DataverseSandbox.DATA + "teams").next(1, DataverseFaults.throttled(Duration.ofSeconds(7)));
        sandbox.faults().next(1, DataverseFaults.throttledUntil(START));
        sandbox.faults().next(1, DataverseFaults.unavailable(Duration.ofSeconds(9)));
        assertThat(caller.get("teams").header("retry-after")).isEqualTo("7");
        assertThat(caller.get("teams").header("retry-after")).isEqualTo("Mon, 05 Jan 2026 08:00:00 GMT");
        SocketCaller.Reply unavailable = caller.get("teams");
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.header("retry-after")).isEqualTo("9");
    }

    @Test
    void linksMayLeadAstray() {
        String[] small = {"Prefer: odata.maxpagesize=5"};
        sandbox.faults().next(1, DataverseFaults.linksElsewhere("http://127.0.0.2:9"));
        sandbox.faults().next(1, DataverseFaults.samePage(sandbox.url()));
        sandbox.faults().next(1, DataverseFaults.emptyPage());
        assertThat(caller.get("contacts", small).json().path("@odata.nextLink").asText())
                .startsWith("http://127.0.0.2:9/api/data/v9.2/contacts?$skiptoken=%3C");
        assertThat(caller.get("contacts", small).json().path("@odata.nextLink").asText())
                .isEqualTo(sandbox.url() + "/api/data/v9.2/contacts");
        SocketCaller.Reply empty = caller.get("contacts", small);
        assertThat(empty.json().path("value")).isEmpty();
        assertThat(empty.json().path("@odata.nextLink").asText()).contains("$skiptoken=");
    }

    @Test
    void aDeltaLinkMayFailOnDemand() {
        sandbox.faults().next(1, DataverseFaults.withoutDeltaLink());
        sandbox.faults().next(1, DataverseFaults.expiredDeltaLink(410));
        assertThat(caller.get("teams", "Prefer: odata.track-changes").json().has("@odata.deltaLink"))
                .isFalse();
        assertThat(caller.get("teams").code()).isEqualTo("0x80044352");
    }

    @Test
    void anAnswerMayBeLostCutOrOfAnotherKind() {
        int whole = caller.get("teams").body().length();
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.LOST));
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.BROKEN));
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.TRUNCATED));
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.HTML));
        sandbox.faults().next(1, SandboxFault.of(SandboxFault.Kind.REDIRECT));
        sandbox.faults().next(1, SandboxFault.hang(Duration.ofMillis(20)));
        sandbox.faults().next(1, SandboxFault.drip(Duration.ofMillis(1), Duration.ofMillis(20)));
        assertThat(caller.get("teams").status()).isZero();
        SocketCaller.Reply broken = caller.get("teams");
        assertThat(Integer.parseInt(broken.header("content-length")))
                .isGreaterThan(broken.body().length());
        assertThat(caller.get("teams").body().length()).isLessThan(whole);
        assertThat(caller.get("teams").header("content-type")).startsWith("text/html");
        assertThat(caller.get("teams").status()).isEqualTo(302);
        assertThat(caller.get("teams").status()).isZero();
        assertThat(caller.get("teams").body().length()).isLessThan(whole);
    }

    @Test
    void theLoginHostFailsOnDemandToo() {
        sandbox.loginFaults().next(1, SandboxFault.status(503));
        assertThat(caller.login(DataverseSandbox.TENANT, "").status()).isEqualTo(503);
        assertThat(sandbox.logins()).isZero();
    }

    @Test
    void aHugePageAndABombAreOnePage() {
        sandbox.faults().next(1, DataverseFaults.hugePage(100_000));
        sandbox.faults().next(1, DataverseFaults.bomb(100_000));
        String huge = caller.get("teams").body();
        assertThat(huge.length()).isGreaterThan(90_000);
        assertThat(caller.get("teams").header("content-encoding")).isEqualTo("gzip");
    }

    @Test
    void answersAreCompressedForThoseWhoAcceptIt() throws IOException {
        String plain = caller.get("teams").body();
        URI url = URI.create(sandbox.url());
        byte[] answer;
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = "GET " + DataverseSandbox.DATA + "teams HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Accept-Encoding: gzip\r\nAuthorization: Bearer " + sandbox.token() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            answer = socket.getInputStream().readAllBytes();
        }
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") + 4;
        assertThat(text).contains("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer, body, answer.length - body))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
    }
}
