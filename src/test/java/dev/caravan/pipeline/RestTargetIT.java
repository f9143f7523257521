package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that takes batches in ScheduleHub's manner, at other paths and without a login: properties are enough. */
final class RestTargetIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder = Path.of("");

    private final Map<String, JsonNode> records = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer server = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException busy) {
            throw new IllegalStateException(busy);
        }
    }

    @BeforeEach
    void open() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        calls.add(call.getRequestMethod() + " " + path + " "
                + call.getRequestHeaders().getFirst("Authorization"));
        JsonNode body = JSON.readTree(call.getRequestBody().readAllBytes());
        ObjectNode answer = path.startsWith("/find/") ? found(body) : done(call.getRequestMethod(), body);
        byte[] bytes = JSON.writeValueAsBytes(answer);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    private ObjectNode found(JsonNode body) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray("records");
        for (JsonNode hash : body.path("bk_hashes")) {
            JsonNode record = records.get("uid-" + hash.asText());
            if (record != null) {
                list.add(((ObjectNode) record.deepCopy()).put("uid", "uid-" + hash.asText()));
            }
        }
        return answer;
    }

    private ObjectNode done(String method, JsonNode body) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode results = answer.putArray("results");
        List<JsonNode> wanted = new ArrayList<>();
        body.path(method.equals("DELETE") ? "uids" : "records").forEach(wanted::add);
        for (JsonNode one : wanted) {
            String uid = method.equals("DELETE")
                    ? one.asText()
                    : "uid-" + one.path("bk_hash").asText();
            if (method.equals("DELETE")) {
                records.remove(uid);
            } else {
                records.put(uid, one);
            }
            results.addObject().put("index", results.size() - 1).put("uid", uid);
        }
        return answer.put("success_count", wanted.size()).put("failure_count", 0);
    }

    private Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        records.values()
                .forEach(record -> names.put(
                        record.path("ID").asText(), record.path("label").asText()));
        return names;
    }

    private static Map<String, String> source(House house) {
        Map<String, String> names = new TreeMap<>();
        house.sandbox
                .table("things")
                .rows()
                .forEach(row -> names.put(String.valueOf(row.value("ID")), String.valueOf(row.value("NAME"))));
        return names;
    }

    @Test
    void recordsGoToAnotherSystemByItsOwnPathsAndWithoutALogin() {
        try (House house = new House("jdbc:sqlite:" + folder.resolve("state.db"), folder)) {
            house.with("caravan.connector.partner.type", "rest")
                    .with(
                            "caravan.connector.partner.url",
                            "http://127.0.0.1:" + server.getAddress().getPort())
                    .with("caravan.connector.partner.batch-path", "/bulk/{entity}")
                    .with("caravan.connector.partner.look-up-path", "/find/{entity}")
                    .with("caravan.connector.partner.page-size", "10")
                    .with("caravan.connector.erp.entity.things.target", "partner")
                    .with("caravan.connector.erp.entity.things.target-table", "goods")
                    .with("caravan.connector.erp.entity.things.map.NAME", "label")
                    .things(25, "hash");
            Outcome first = house.sync();
            assertThat(first.status()).as("%s", first.message()).isEqualTo("completed");
            assertThat(names()).isEqualTo(source(house)).hasSize(25);
            assertThat(calls)
                    .contains("POST /find/goods null", "POST /bulk/goods null")
                    .allMatch(call -> call.endsWith("goods null"));

            calls.clear();
            assertThat(house.sync().counts().skipped()).isEqualTo(25);
            assertThat(calls).allMatch(call -> call.equals("POST /find/goods null"));

            house.sandbox.table("things").update(3, SandboxRow.values("NAME", "Changed"));
            house.sandbox.table("things").delete(7);
            house.sandbox.table("things").insert(House.thing(26));
            Outcome edits = house.sync();
            assertThat(edits.counts().inserted()).isEqualTo(1);
            assertThat(edits.counts().updated()).isEqualTo(1);
            assertThat(edits.counts().deleted()).isEqualTo(1);
            assertThat(names()).isEqualTo(source(house));
            assertThat(calls).contains("PUT /bulk/goods null", "DELETE /bulk/goods null");
        }
    }
}
