package dev.caravan.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
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
