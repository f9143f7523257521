package dev.caravan.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a ScheduleHub in good health answers. Thread-safe. */
final class HubEndpoints {
    private static final String BY_HASH = "by-bk-hash";
    private static final String BATCH = "batch";

    private final Function<String, HubRecords> entities;
    private final Tokens tokens;
    private final Supplier<Duration> tokenLife;
    private final int largestBatch;

    HubEndpoints(Function<String, HubRecords> entities, Tokens tokens, Supplier<Duration> tokenLife, int largestBatch) {
        this.entities = entities;
        this.tokens = tokens;
        this.tokenLife = tokenLife;
        this.largestBatch = largestBatch;
    }

    Answer answer(Request request) {
        try {
            return route(request);
        } catch (Refused refused) {
            return Answer.refusal(refused.status(), refused.detail());
        }
    }

    private Answer route(Request request) {
        if (request.path().equals(ApiSmithSandbox.LOGIN)) {
            return login(request);
        }
        if (!tokens.admits(request.header("authorization"))) {
            throw new Refused(401, "Could not validate credentials");
        }
        if (!request.path().startsWith(ApiSmithSandbox.ROOT)) {
            throw new Refused(404, "Not Found");
        }
        String[] parts = request.path().substring(ApiSmithSandbox.ROOT.length()).split("/", -1);
        HubRecords records = entities.apply(parts[0]);
        String rest = String.join("/", List.of(parts).subList(1, parts.length));
        if (rest.equals(BATCH)) {
            return batch(request, records);
        }
        if (rest.equals(BATCH + "/" + BY_HASH)) {
            require(request, "POST");
            List<?> hashes = list(JsonReader.object(request.body()), "bk_hashes");
            return Answer.json(200, Json.of(Map.of("records", records.states(hashes))));
        }
        if (parts.length == 3 && parts[1].equals(BY_HASH)) {
            require(request, "GET");
            return found(records.byHash(parts[2]));
        }
        return parts.length > 2 ? found(Optional.empty()) : one(request, records, rest);
    }

    private Answer login(Request request) {
        require(request, "POST");
        Map<String, String> credentials = FlatJson.read(request.body());
        Optional<String> token = tokens.login(
                credentials.getOrDefault("username", ""), credentials.getOrDefault("password", ""), tokenLife.get());
        if (token.isEmpty()) {
            throw new Refused(401, "Incorrect username or password");
        }
        return Answer.json(
                200,
                Json.of(Map.of(
                        "access_token",
                        token.get(),
                        "expires_in",
                        tokenLife.get().toSeconds())));
    }

    private Answer one(Request request, HubRecords records, String uid) {
        HubRecords.Outcome outcome = switch (request.method()) {
            case "POST" -> records.insert(JsonReader.object(request.body()));
            case "PUT" -> records.update(uid, JsonReader.object(request.body()));
            case "DELETE" -> records.delete(uid);
            default -> throw new Refused(405, "Method Not Allowed");
        };
        String stored = outcome.uid();
        if (stored == null) {
            String error = String.valueOf(outcome.error());
            throw new Refused(error.endsWith("not found") ? 404 : 422, error);
        }
        Map<String, @Nullable Object> record = records.byUid(stored).orElse(Map.of("uid", stored));
        return Answer.json(request.method().equals("POST") ? 201 : 200, Json.of(record));
    }

    private Answer batch(Request request, HubRecords records) {
        Map<String, @Nullable Object> body = JsonReader.object(request.body());
        return switch (request.method()) {
            case "POST" -> each(list(body, "records"), record -> records.insert(object(record)));
            case "PUT" ->
                each(list(body, "records"), record -> {
                    Map<String, @Nullable Object> fields = object(record);
                    return records.update(String.valueOf(fields.get("uid")), fields);
                });
            case "DELETE" -> each(list(body, "uids"), uid -> records.delete(String.valueOf(uid)));
            default -> throw new Refused(405, "Method Not Allowed");
        };
    }

    private static Answer each(List<?> elements, Function<Object, HubRecords.Outcome> action) {
        List<Map<String, Object>> results = new ArrayList<>();
        int stored = 0;
        for (int index = 0; index < elements.size(); index++) {
            HubRecords.Outcome outcome = action.apply(elements.get(index));
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("index", index);
            if (outcome.uid() != null) {
                result.put("uid", outcome.uid());
                stored++;
            }
            if (outcome.error() != null) {
                result.put("error", outcome.error());
            }
            results.add(result);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success_count", stored);
        answer.put("failure_count", elements.size() - stored);
        answer.put("results", results);
        return Answer.json(200, Json.of(answer));
    }

    private List<?> list(Map<String, @Nullable Object> body, String name) {
        if (!(body.get(name) instanceof List<?> list)) {
            throw new Refused(422, name + " is expected as a list");
        }
        if (list.size() > largestBatch) {
            throw new Refused(422, "At most " + largestBatch + " at once");
        }
        return list;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Object element) {
        if (element instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new Refused(422, "A record is expected as an object");
    }

    private static Answer found(Optional<Map<String, @Nullable Object>> record) {
        return record.map(fields -> Answer.json(200, Json.of(fields)))
                .orElseThrow(() -> new Refused(404, "Record not found"));
    }

    private static void require(Request request, String method) {
        if (!request.method().equals(method)) {
            throw new Refused(405, "Method Not Allowed");
        }
    }
}
