package dev.caravan.target.schedulehub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import dev.caravan.schema.RowJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bodies of calls and of answers, in JSON. Immutable. */
public final class HubFormat {
    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper TREES = new ObjectMapper();
    private static final Set<String> OURS = Set.of("uid", "bk_hash", "data_hash", "rowversion", "source_system");
    private static final int LONGEST_ERROR = 1000;

    private final String sourceSystem;

    /** @param sourceSystem what records say they come from: the connector's name */
    public HubFormat(String sourceSystem) {
        this.sourceSystem = sourceSystem;
    }

    /**
     * Refuses a layout with a field that every record has besides.
     *
     * @throws CaravanException FIELD_RESERVED
     */
    public static void requireFree(Columns target, String entity) {
        for (Column column : target) {
            if (OURS.contains(column.name().toLowerCase(Locale.ROOT))) {
                throw new CaravanException(
                        FaultKind.CONFIGURATION,
                        "FIELD_RESERVED",
                        entity + ": the field " + column.name() + " is one that every record has besides; give it"
                                + " another name by a map key");
            }
        }
    }

    /** The body of a look-up by business-key hash. */
    public static byte[] hashes(List<String> hashes) {
        return list("bk_hashes", hashes);
    }

    /** The body of a deletion. */
    public static byte[] uids(List<String> uids) {
        return list("uids", uids);
    }

    private static byte[] list(String name, List<String> texts) {
        return write(json -> {
            json.writeArrayFieldStart(name);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        });
    }

    /** The body of a batch of new or changed records. */
    public byte[] records(HubBatch batch) {
        return write(json -> {
            json.writeArrayFieldStart("records");
            for (int i = 0; i < batch.rows().size(); i++) {
                json.writeStartObject();
                if (!batch.uids().isEmpty()) {
                    json.writeStringField("uid", batch.uids().get(i));
                }
                fields(json, batch.rows().get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private void fields(JsonGenerator json, Row row) throws IOException {
        @Nullable Object[] values = row.values();
        for (int i = 0; i < values.length; i++) {
            json.writeFieldName(row.columns().get(i).name());
            RowJson.value(json, values[i]);
        }
        json.writeStringField("bk_hash", row.keyHash());
        json.writeStringField("data_hash", row.dataHash());
        json.writeStringField("rowversion", row.rowVersion());
        json.writeStringField("source_system", sourceSystem);
    }

    private static byte[] write(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * The records that a look-up found.
     *
     * @throws CaravanException ANSWER_UNREADABLE
     */
    public static List<HubState> states(byte[] body) {
        List<HubState> states = new ArrayList<>();
        for (JsonNode record : array(body, "records")) {
            String uid = text(record, "uid");
            String hash = text(record, "bk_hash");
            if (uid == null || hash == null) {
                throw unreadable("a record lacks uid or bk_hash", null);
            }
            states.add(new HubState(uid, hash, text(record, "data_hash"), text(record, "rowversion")));
        }
        return states;
    }

    /**
     * What became of each record of a batch, in no particular order.
     *
     * @param expected how many records were sent
     * @throws CaravanException ANSWER_UNREADABLE if it does not speak of each of them
     */
    public static List<HubResult> results(byte[] body, int expected) {
        @Nullable HubResult[] byIndex = new @Nullable HubResult[expected];
        for (JsonNode result : array(body, "results")) {
            int index = result.path("index").asInt(-1);
            if (index < 0 || index >= expected) {
                throw unreadable("a result speaks of a record that was not sent", null);
            }
            byIndex[index] = new HubResult(index, error(result.get("error")));
        }
        List<HubResult> results = new ArrayList<>(expected);
        for (HubResult result : byIndex) {
            if (result == null) {
                throw unreadable("it does not speak of every record", null);
            }
            results.add(result);
        }
        return results;
    }

    /** The words of a refusal: its {@code error}, {@code detail} or {@code message}, else the whole of it. */
    public static String refusal(byte[] body, int status) {
        try {
            JsonNode answer = TREES.readTree(body);
            for (String name : List.of("error", "detail", "message")) {
                String said = answer == null ? null : error(answer.get(name));
                if (said != null) {
                    return said;
                }
            }
        } catch (IOException notJson) {
            return "status " + status;
        }
        return "status " + status;
    }

    private static @Nullable String error(@Nullable JsonNode error) {
        if (error == null || error.isNull()) {
            return null;
        }
        String text = error.isTextual() ? error.asText() : error.toString();
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
    }

    private static @Nullable String text(JsonNode record, String name) {
        JsonNode value = record.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static JsonNode array(byte[] body, String name) {
        try {
            JsonNode list = TREES.readTree(body).path(name);
            if (list.isArray()) {
                return list;
            }
        } catch (IOException broken) {
            throw unreadable("it is not complete JSON", broken);
        }
        throw unreadable("it has no list of " + name, null);
    }

    private static CaravanException unreadable(String why, @Nullable Throwable cause) {
        return new CaravanException(
                FaultKind.TRANSIENT, "ANSWER_UNREADABLE", "ScheduleHub's answer cannot be used: " + why, cause);
    }

    /** What stands between the braces. */
    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
