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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
     * The published APIs; one that is described wrongly does not hide the others.
     *
     * @throws CaravanException METADATA_UNREADABLE if the answer is not a list
     */
    public static ApiList apis(byte[] body) {
        JsonNode list = tree(body, "list of APIs");
        if (!list.isArray()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "METADATA_UNREADABLE",
                    "APISmith's metadata cannot be used: the answer is not a list");
        }
        Map<String, ApiDescription> apis = new LinkedHashMap<>();
        Map<String, String> wrong = new LinkedHashMap<>();
        int unnamed = 0;
        for (JsonNode api : list) {
            String slug = slug(api);
            if (slug.isEmpty()) {
                unnamed++;
            } else if (wrong.containsKey(slug) || apis.remove(slug) != null) {
                wrong.put(slug, "several APIs have this slug");
            } else {
                read(slug, api, apis, wrong);
            }
        }
        return new ApiList(List.copyOf(apis.values()), wrong, unnamed);
    }

    private static String slug(JsonNode api) {
        return api.path("slug").isNull() ? "" : api.path("slug").asText("");
    }

    private static void read(String slug, JsonNode api, Map<String, ApiDescription> apis, Map<String, String> wrong) {
        try {
            apis.put(slug, api(slug, api));
        } catch (WrongException said) {
            wrong.put(slug, said.why);
        }
    }

    private static ApiDescription api(String slug, JsonNode api) throws WrongException {
        if (!api.path("columns").isArray() || api.path("columns").isEmpty()) {
            throw new WrongException("it names no columns");
        }
        List<ApiDescription.Field> fields = new ArrayList<>();
        Set<String> flagged = new HashSet<>();
        Set<String> aliases = new HashSet<>();
        for (JsonNode column : api.path("columns")) {
            ApiDescription.Field field = field(column);
            fields.add(field);
            if (!aliases.add(field.alias().toLowerCase(Locale.ROOT))) {
                throw new WrongException("two of its columns are called " + field.alias());
            }
            if (column.path("is_business_key").asBoolean(false)) {
                flagged.add(field.name());
            }
        }
        return new ApiDescription(
                slug,
                api.path("name").asText(slug),
                api.path("description").asText(""),
                List.copyOf(fields),
                keys(api, fields, flagged),
                strategy(api.path("delta_strategy").asText("auto")));
    }

    private static ApiDescription.Field field(JsonNode column) throws WrongException {
        String name = column.path("name").isNull() ? "" : column.path("name").asText("");
        if (name.isEmpty()) {
            throw new WrongException("it has a column without a name");
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

    private static List<String> keys(JsonNode api, List<ApiDescription.Field> fields, Set<String> flagged)
            throws WrongException {
        JsonNode said = api.path("business_key_columns");
        if (!said.isArray() && !said.isNull() && !said.isMissingNode()) {
            throw new WrongException("its business_key_columns are not a list");
        }
        List<String> keys = new ArrayList<>();
        for (JsonNode key : said) {
            String alias = aliasOf(fields, key.asText(""));
            if (keys.contains(alias)) {
                throw new WrongException("it names the key column " + alias + " twice");
            }
            keys.add(alias);
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

    private static String aliasOf(List<ApiDescription.Field> fields, String key) throws WrongException {
        for (ApiDescription.Field field : fields) {
            if (field.name().equalsIgnoreCase(key) || field.alias().equalsIgnoreCase(key)) {
                return field.alias();
            }
        }
        throw new WrongException("it names the key column " + key + ", which it does not have");
    }

    private static Strategy strategy(String text) throws WrongException {
        try {
            return Strategy.of(text.isBlank() || text.equals("null") ? "auto" : text);
        } catch (IllegalArgumentException unknown) {
            String name = text.toLowerCase(Locale.ROOT);
            throw new WrongException(
                    "it asks for the unknown delta strategy " + name + "; known are full, hash, rowversion and auto");
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

    /** What is wrong with the description of one API. */
    private static final class WrongException extends Exception {
        private final String why;

        WrongException(String why) {
            super(why);
            this.why = why;
        }
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
