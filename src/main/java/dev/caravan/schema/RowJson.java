package dev.caravan.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.model.Columns;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A row as a JSON object, for dead letters. Stateless. */
public final class RowJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private RowJson() {}

    /** Every column with its value, null included; times as ISO 8601, binary as hexadecimal digits. */
    public static String write(Columns columns, @Nullable Object[] values) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (int i = 0; i < values.length; i++) {
                json.writeFieldName(columns.get(i).name());
                value(json, values[i]);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /**
     * The values of a JSON object that {@link #write} wrote, in a layout that may have changed since: NULL for a column
     * that it does not name, and what no column explains is passed over.
     *
     * @throws IllegalArgumentException if it is not a JSON object
     */
    public static @Nullable Object[] read(Columns columns, String json) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        try {
            JsonNode object = TREES.readTree(json);
            if (object == null || !object.isObject()) {
                throw new IllegalArgumentException("A record is a JSON object");
            }
            object.properties().forEach(field -> {
                int index = columns.indexOf(field.getKey());
                if (index >= 0) {
                    values[index] = plain(field.getValue());
                }
            });
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("A record is a JSON object", broken);
        }
        return values;
    }

    private static @Nullable Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> null;
            case STRING -> value.asText();
            case BOOLEAN -> value.asBoolean();
            case NUMBER -> value.isIntegralNumber() && value.canConvertToLong() ? value.asLong() : value.decimalValue();
            case ARRAY, OBJECT, BINARY, POJO -> value.toString();
        };
    }

    /** One value in place of a JSON one, as {@link #write} has it. */
    public static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long whole) {
            json.writeNumber(whole);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof byte[] binary) {
            json.writeString(HexFormat.of().formatHex(binary));
        } else {
            json.writeString(value.toString());
        }
    }
}
