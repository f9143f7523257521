package dev.caravan.source.apismith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Strategy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the small answers of APISmith: the list of APIs, and the login. Safe for several threads. */
public final class ApiSmithAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEFAULT_LIFE = Duration.ofMinutes(30);

    private ApiSmithAnswers() {}

    /** Body of the login call. */
    public static String login(String username, String password) {
        return JSON.valueToTree(Map.of("username", username, "password", password))
                .toString();
    }

    /**
     * The token in the answer to a login.
     *
     * @throws CaravanException LOGIN_UNREADABLE if there is none
     */
    public static Token token(byte[] body) {
        JsonNode answer = tree(body, "login");
        String token = answer.path("access_token").asText("");
        if (token.isEmpty()) {
            throw new CaravanException(
                    FaultKind.DENIED, "LOGIN_UNREADABLE", "The answer to the login holds no access_token");
        }
        long seconds = answer.path("expires_in").asLong(DEFAULT_LIFE.toSeconds());
        return new Token(token, Duration.ofSeconds(Math.max(1, seconds)));
    }

    /**
     * The published APIs.
     *
     * @throws CaravanException METADATA_UNREADABLE if the answer is not a list of APIs, naming the API and what is wrong
     */
    public static List<ApiDescription> apis(byte[] body) {
        JsonNode list = tree(body, "list of APIs");
        if (!list.isArray()) {
            throw unreadable("the answer is not a list", null);
        }
        List<ApiDescription> apis = new ArrayList<>();
        for (JsonNode api : list) {
            apis.add(api(api));
        }
        return apis;
    }

    private static ApiDescription api(JsonNode api) {
        String slug = api.path("slug").asText("");
        if (slug.isEmpty()) {
            throw unreadable("an API has no slug", null);
        }
        List<ApiDescription.Field> fields = new ArrayList<>();
        Set<String> flagged = new HashSet<>();
        for (JsonNode column : api.path("columns")) {
            ApiDescription.Field field = field(slug, column);
            fields.add(field);
            if (column.path("is_business_key").asBoolean(false)) {
                flagged.add(field.name());
            }
        }
        return new ApiDescription(
                slug,
                api.path("name").asText(slug),
                api.path("description").asText(""),
                List.copyOf(fields),
                keys(slug, api, fields, flagged),
                strategy(slug, api.path("delta_strategy").asText("auto")));
    }

    private static ApiDescription.Field field(String slug, JsonNode column) {
        String name = column.path("name").asText("");
        if (name.isEmpty()) {
            throw unreadable("API " + slug + " has a column without a name", null);
        }
        String alias = column.path("output_alias").asText("");
        return new ApiDescription.Field(
                name,
                alias.isEmpty() || column.path("output_alias").isNull() ? name : alias,
                column.path("data_type").asText(""),
                column.path("is_nullable").asBoolean(true),
                column.path("max_length").asInt(0),
                column.path("precision").asInt(0),
                column.path("scale").asInt(0));
    }

    private static List<String> keys(
            String slug, JsonNode api, List<ApiDescription.Field> fields, Set<String> flagged) {
        List<String> keys = new ArrayList<>();
        for (JsonNode key : api.path("business_key_columns")) {
            keys.add(aliasOf(slug, fields, key.asText("")));
        }
        if (!keys.isEmpty()) {
            return List.copyOf(keys);
        }
        for (ApiDescription.Field field : fields) {
            if (flagged.contains(field.name())) {
                keys.add(field.alias());
            }
        }
        return List.copyOf(keys);
    }

    private static String aliasOf(String slug, List<ApiDescription.Field> fields, String key) {
        for (ApiDescription.Field field : fields) {
            if (field.name().equalsIgnoreCase(key) || field.alias().equalsIgnoreCase(key)) {
                return field.alias();
            }
        }
        throw unreadable("API " + slug + " names the key column " + key + ", which it does not have", null);
    }

    private static Strategy strategy(String slug, String text) {
        try {
            return Strategy.of(text.isBlank() || text.equals("null") ? "auto" : text);
        } catch (IllegalArgumentException unknown) {
            String name = text.toLowerCase(Locale.ROOT);
            throw unreadable("API " + slug + " asks for the unknown delta strategy " + name, unknown);
        }
    }

    /** How many rows a page says there are in all; -1 if it does not say. */
    public static long total(byte[] body) {
        return tree(body, "number of rows").path("total").asLong(-1);
    }

    private static JsonNode tree(byte[] body, String what) {
        try {
            return JSON.readTree(body);
        } catch (IOException unreadable) {
            throw new CaravanException(
                    FaultKind.TRANSIENT, "ANSWER_UNREADABLE", "The " + what + " is not complete JSON", unreadable);
        }
    }

    private static CaravanException unreadable(String why, @Nullable Throwable cause) {
        return new CaravanException(
                FaultKind.CONFIGURATION, "METADATA_UNREADABLE", "APISmith's metadata cannot be used: " + why, cause);
    }

    /**
     * A token and how long it lives from now.
     *
     * @param value the token; a secret
     * @param life from the moment of the answer
     */
    public record Token(String value, Duration life) {
        @Override
        public String toString() {
            return "Token[****, " + life + "]";
        }
    }
}
