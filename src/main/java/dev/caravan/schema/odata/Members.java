package dev.caravan.schema.odata;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The plain members of one JSON object. An object with a member {@code Value}, as Dataverse writes managed properties
 * and names of types, counts as that value; null counts as absent. One thread.
 */
final class Members {
    private final Map<String, String> plain = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();

    private Members() {}

    /** Takes members that need more than a text. */
    interface Special {
        /** Whether it took the member; the parser stands on its name, and if taken is left on its last token. */
        boolean take(String name, JsonParser json) throws IOException;
    }

    /** Reads to the closing brace; the parser stands on the opening one, or on the first name. */
    static Members read(JsonParser json, Special special) throws IOException {
        Members members = new Members();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            json.nextToken();
        }
        for (; json.currentToken() == JsonToken.FIELD_NAME; json.nextToken()) {
            String name = json.currentName();
            if (!special.take(name, json)) {
                members.member(name, json);
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw Metadata.unreadable("The answer on table definitions is not complete");
        }
        return members;
    }

    private void member(String name, JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String inner = json.currentName();
                JsonToken value = json.nextToken();
                if (inner.equals("Value") && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    plain.put(name, json.getText());
                }
                json.skipChildren();
            }
        } else if (token == JsonToken.START_ARRAY) {
            List<String> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    list.add(json.getText());
                }
                json.skipChildren();
            }
            lists.put(name, list);
        } else if (token != JsonToken.VALUE_NULL && token != null) {
            plain.put(name, json.getText());
        }
    }

    /** Empty where there is none. */
    String text(String name) {
        return plain.getOrDefault(name, "");
    }

    boolean truth(String name, boolean otherwise) {
        String text = plain.get(name);
        return text == null ? otherwise : text.equals("true");
    }

    int number(String name, int otherwise) {
        String text = text(name);
        return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }

    List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }
}
