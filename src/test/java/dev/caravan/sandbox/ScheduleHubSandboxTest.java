package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScheduleHubSandboxTest {
    private static final String ONE = "0".repeat(31) + "1";
    private static final String TWO = "0".repeat(31) + "2";

    private final ScheduleHubSandbox hub = ScheduleHubSandbox.start(0);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        hub.close();
    }

    private HttpResponse<String> call(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(hub.url() + "/api/v1/" + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode json(String method, String path, String body) throws IOException, InterruptedException {
        return Caller.parsed(call(method, path, body, hub.token()).body());
    }

    private static String record(String hash, String name) {
        return "{\"NAME\":\"" + name + "\",\"AMOUNT\":12345678901234567890.50,\"bk_hash\":\"" + hash
                + "\",\"data_hash\":\"d\",\"rowversion\":\"7\",\"source_system\":\"erp\"}";
    }

    @Test
    void aRecordIsInsertedFoundUpdatedAndDeleted() throws Exception {
        JsonNode inserted = json("POST", "items", record(ONE, "\u0130a\\\"\\n\\u00e4"));
        String uid = inserted.path("uid").asText();
        assertThat(inserted.path("NAME").asText()).isEqualTo("\u0130a\"\n\u00e4");
        assertThat(inserted.path("AMOUNT").decimalValue().toPlainString()).isEqualTo("12345678901234567890.50");
        assertThat(json("GET", "items/by-bk-hash/" + ONE, "").path("uid").asText())
                .isEqualTo(uid);
        assertThat(call("GET", "items/by-bk-hash/" + TWO, "", hub.token()).statusCode())
                .isEqualTo(404);
        json("PUT", "items/" + uid, record(ONE, "b"));
        assertThat(hub.records("items")).hasSize(1).first().satisfies(record -> {
            assertThat(record).containsEntry("NAME", "b").containsEntry("uid", uid);
        });
        assertThat(call("DELETE", "items/" + uid, "", hub.token()).statusCode()).isEqualTo(200);
        assertThat(call("DELETE", "items/" + uid, "", hub.token()).statusCode()).isEqualTo(404);
        assertThat(hub.records("items")).isEmpty();
    }

    @Test
    void aBatchMayFailInPart() throws Exception {
        hub.refuse("items", record -> "bad".equals(record.get("NAME")), "NAME is not known here");
        JsonNode answer =
                json("POST", "items/batch", "{\"records\":[" + record(ONE, "bad") + "," + record(TWO, "good") + "]}");
        assertThat(answer.path("success_count").asInt()).isEqualTo(1);
        assertThat(answer.path("failure_count").asInt()).isEqualTo(1);
        assertThat(answer.at("/results/0/error").asText()).isEqualTo("NAME is not known here");
        String uid = answer.at("/results/1/uid").asText();
        JsonNode found = json("POST", "items/batch/by-bk-hash", "{\"bk_hashes\":[\"" + ONE + "\",\"" + TWO + "\"]}");
        assertThat(found.path("records")).hasSize(1);
        assertThat(found.at("/records/0/uid").asText()).isEqualTo(uid);
        assertThat(found.at("/records/0/data_hash").asText()).isEqualTo("d");
        JsonNode updated =
                json("PUT", "items/batch", "{\"records\":[{\"uid\":\"" + uid + "\",\"NAME\":\"x\"},{\"uid\":\"no\"}]}");
        assertThat(updated.at("/results/1/error").asText()).contains("not found");
        assertThat(json("DELETE", "items/batch", "{\"uids\":[\"" + uid + "\"]}")
                        .path("success_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(hub.records("items")).isEmpty();
    }

    @Test
    void aLostAnswerWasCarriedOutAndALateOneToo() throws Exception {
        hub.faults().next(1, SandboxFault.of(SandboxFault.Kind.LOST));
        assertThatThrownBy(() -> call("POST", "items", record(ONE, "a"), hub.token()))
                .isInstanceOf(IOException.class);
        assertThat(hub.records("items")).isNotEmpty();
        hub.faults().next(1, SandboxFault.late(Duration.ofMillis(300)));
        assertThat(call("POST", "parts", record(ONE, "a"), hub.token()).statusCode())
                .isEqualTo(201);
        hub.faults().next(1, SandboxFault.waitFor(429, Duration.ofSeconds(3)));
        assertThat(call("POST", "parts", record(ONE, "a"), hub.token())
                        .headers()
                        .firstValue("Retry-After"))
                .contains("3");
    }

    @Test
    void onlyAGoodTokenIsAdmitted() throws Exception {
        String login =
                "{\"username\":\"" + ApiSmithSandbox.USER + "\",\"password\":\"" + ApiSmithSandbox.PASSWORD + "\"}";
        JsonNode answer = json("POST", "auth/login", login);
        assertThat(answer.path("expires_in").asLong()).isPositive();
        String token = answer.path("access_token").asText();
        assertThat(call("POST", "items", record(ONE, "a"), token).statusCode()).isEqualTo(201);
        hub.expireTokens();
        assertThat(call("POST", "items", record(ONE, "a"), token).statusCode()).isEqualTo(401);
        assertThat(call("POST", "auth/login", login.replace("sandbox", "wrong"), "")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatIsNotUnderstoodIsRefused() throws Exception {
        for (String body :
                List.of("", "[]", "{\"records\":7}", "{\"records\":[7]}", "{\"a\":tru}", "{\"a\":\"\\u00g0\"}")) {
            assertThat(call("POST", "items/batch", body, hub.token()).statusCode())
                    .as(body)
                    .isEqualTo(422);
        }
        String tooMany = "{\"uids\":[" + "\"x\",".repeat(ScheduleHubSandbox.LARGEST_BATCH) + "\"x\"]}";
        assertThat(call("DELETE", "items/batch", tooMany, hub.token()).statusCode())
                .isEqualTo(422);
        assertThat(call("PATCH", "items/batch", "{}", hub.token()).statusCode()).isEqualTo(405);
        assertThat(call("GET", "items/a/b/c", "", hub.token()).statusCode()).isEqualTo(404);
        assertThat(call("POST", "items", "{}", hub.token()).statusCode()).isEqualTo(422);
    }
}
