package dev.caravan.source.apismith;

import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Columns;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of the data call into rows of one layout, as a stream.
 *
 * <p>Made once a run. Not safe for several threads: it remembers which field names it has met.
 */
public final class ApiSmithPageReader {
    private static final int MOST_NAMES = 10_000;
    private static final int DIGITS_OF_A_LONG = 18;
    private static final int LONGEST_NUMBER = 2000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(64 * 1024 * 1024)
                    .build())
            .build();

    private final String slug;
    private final Columns columns;
    private final Map<String, Integer> indexes = new HashMap<>();

    /**
     * @param slug the API, for references and messages
     * @param columns the layout: names as the source keys its {@code data}
     */
    public ApiSmithPageReader(String slug, Columns columns) {
        this.slug = slug;
        this.columns = columns;
    }

    /**
     * Reads one answer.
     *
     * @param body the whole answer, JSON in UTF-8
     * @throws CaravanException ANSWER_UNREADABLE, transient, if it is not complete JSON of the contract's form
     */
    public ApiSmithPage read(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            Answer answer = new Answer();
            require(parser.nextToken() == JsonToken.START_OBJECT, "an object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                member(parser, answer);
            }
            require(answer.seenRows && parser.nextToken() == null, "rows, and nothing behind the answer");
            return answer.page(Hashing.xxh3_64().hashBytesToLong(body));
        } catch (IOException unreadable) {
            throw unreadable("it is not complete JSON", unreadable);
        }
    }

    private void member(JsonParser parser, Answer answer) throws IOException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("rows") && value == JsonToken.START_ARRAY) {
            answer.seenRows = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(parser.currentToken() == JsonToken.START_OBJECT, "an object a row");
                record(parser, answer);
            }
            return;
        }
        if (name.equals("total") && value == JsonToken.VALUE_NUMBER_INT) {
            answer.total = parser.getLongValue();
            return;
        }
        parser.skipChildren();
    }

    private void record(JsonParser parser, Answer answer) throws IOException {
        @Nullable Object[] values = null;
        String version = null;
        Extra extra = new Extra();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("data") && value == JsonToken.START_OBJECT) {
                values = values(parser, extra);
            } else if (name.equals("row_version") && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                version = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        String usable = version == null || version.isBlank() ? null : version;
        if (values == null) {
            answer.refuse(slug, usable);
            return;
        }
        answer.add(Row.raw(columns, values, usable, "", extra.text()));
    }

    private @Nullable Object[] values(JsonParser parser, Extra extra) throws IOException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            int index = indexOf(name);
            if (index < 0) {
                extra.copy(name, parser);
                continue;
            }
            values[index] = value(parser);
        }
        return values;
    }

    private int indexOf(String name) {
        Integer known = indexes.get(name);
        if (known != null) {
            return known;
        }
        int index = columns.indexOf(name);
        if (indexes.size() < MOST_NAMES) {
            indexes.put(name, index);
        }
        return index;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            default -> json(parser);
        };
    }

    /** A number that no BigDecimal can be is handed on as text: then it spoils its row only. */
    private static Object number(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() < DIGITS_OF_A_LONG) {
            return parser.getLongValue();
        }
        String text = parser.getText();
        if (text.length() > LONGEST_NUMBER) {
            return text;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean isLong = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
            return isLong ? (Object) number.longValue() : number;
        } catch (NumberFormatException outOfBounds) {
            return text;
        }
    }

    private static String json(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            copy(parser, generator);
        }
        return text.toString();
    }

    /** One value as it stands, numbers digit by digit: Jackson's own copy takes them through a double. */
    private static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isNumeric()) {
                generator.writeNumber(parser.getText());
            } else {
                generator.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != null);
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw unreadable("expected " + expected, null);
        }
    }

    private CaravanException unreadable(String why, @Nullable Throwable cause) {
        return new CaravanException(
                FaultKind.TRANSIENT, "ANSWER_UNREADABLE", slug + ": the answer cannot be read (" + why + ")", cause);
    }

    /** Fields that no column explains, as one JSON object. */
    private static final class Extra {
        private @Nullable StringWriter text;
        private @Nullable JsonGenerator generator;

        void copy(String name, JsonParser parser) throws IOException {
            JsonGenerator out = generator;
            if (out == null) {
                StringWriter writer = new StringWriter();
                out = JSON.createGenerator(writer);
                out.writeStartObject();
                text = writer;
                generator = out;
            }
            out.writeFieldName(name);
            ApiSmithPageReader.copy(parser, out);
        }

        @Nullable
        String text() throws IOException {
            if (generator == null || text == null) {
                return null;
            }
            generator.writeEndObject();
            generator.close();
            return text.toString();
        }
    }

    /** What has been read of one answer. */
    private static final class Answer {
        private final List<Row> rows = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private boolean seenRows;
        private boolean versioned = true;
        private long total = -1;
        private @Nullable String highest;

        void add(Row row) {
            rows.add(row);
            noteVersion(row.rowVersion());
        }

        void refuse(String slug, @Nullable String version) {
            String message = "The record has no data object; look at the API in APISmith";
            DeadLetter letter =
                    new DeadLetter("FETCH", "RECORD_MALFORMED", "BAD_DATA", message, slug, "{}", null, null, version);
            refused.add(new Refusal(letter, null));
            noteVersion(version);
        }

        private void noteVersion(@Nullable String version) {
            versioned &= version != null;
            highest = ApiSmithPaging.later(highest, version);
        }

        ApiSmithPage page(long contentHash) {
            List<Integer> keys = new ArrayList<>(rows.size());
            for (Row row : rows) {
                keys.add(key(row));
            }
            return new ApiSmithPage(rows, refused, total, versioned, highest, contentHash, keys, 0);
        }

        private static int key(Row row) {
            int[] indexes = row.sourceColumns().keyIndexes();
            if (indexes.length == 0) {
                return Arrays.hashCode(row.raw());
            }
            int hash = 1;
            for (int index : indexes) {
                Object part = row.raw()[index];
                hash = 31 * hash + (part == null ? 0 : part.hashCode());
            }
            return hash;
        }
    }
}
