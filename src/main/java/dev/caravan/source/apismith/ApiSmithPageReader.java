package dev.caravan.source.apismith;

import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Columns;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.model.Utf8;
import dev.caravan.source.JsonFields;
import dev.caravan.source.JsonScanner;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of the data call into rows of one layout, as a stream.
 *
 * <p>Made once a run. Not safe for several threads: it remembers which field names it has met.
 */
public final class ApiSmithPageReader {
    private static final int DEEPEST = 50;
    private static final byte[] DATA = JsonScanner.quoted("data");
    private static final byte[] VERSION = JsonScanner.quoted("row_version");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String slug;
    private final Columns columns;
    private final JsonFields fields;

    /**
     * @param slug the API, for references and messages
     * @param columns the layout: names as the source keys its {@code data}
     */
    public ApiSmithPageReader(String slug, Columns columns) {
        this.slug = slug;
        this.columns = columns;
        this.fields = new JsonFields(columns::indexOf);
    }

    /**
     * Reads one answer.
     *
     * @param body the whole answer, JSON in UTF-8
     * @throws CaravanException ANSWER_UNREADABLE, transient, if it is not complete JSON of the contract's form
     */
    public ApiSmithPage read(byte[] body) {
        try {
            JsonScanner json = new JsonScanner(body, DEEPEST);
            Answer answer = new Answer();
            require(json.next() == '{', "an object");
            json.open('{');
            while (json.more('}')) {
                member(json, answer);
            }
            json.end();
            require(answer.seenRows, "rows");
            return answer.page(Hashing.xxh3_64().hashBytesToLong(body));
        } catch (IOException unreadable) {
            throw unreadable("it is not complete JSON: " + unreadable.getMessage(), unreadable);
        }
    }

    private void member(JsonScanner json, Answer answer) throws IOException {
        String name = json.name();
        int kind = json.next();
        if (name.equals("rows") && kind == '[') {
            answer.seenRows = true;
            json.open('[');
            while (json.more(']')) {
                require(json.next() == '{', "an object a row");
                record(json, answer);
            }
            return;
        }
        if (name.equals("total") && (kind == '-' || kind >= '0' && kind <= '9')) {
            answer.total = json.scalar() instanceof Long total ? total : answer.total;
            return;
        }
        json.skip();
    }

    private void record(JsonScanner json, Answer answer) throws IOException {
        @Nullable Object[] values = null;
        String version = null;
        Extra extra = new Extra();
        json.open('{');
        while (json.more('}')) {
            String name = json.isName(DATA) ? "data" : json.isName(VERSION) ? "row_version" : json.name();
            int kind = json.next();
            if (name.equals("data") && kind == '{') {
                values = values(json, extra);
            } else if (name.equals("row_version") && kind != '{' && kind != '[' && kind != 'n') {
                version = kind == '"' ? json.text() : json.raw();
            } else {
                json.skip();
            }
        }
        String usable = version == null || version.isBlank() ? null : version;
        if (values == null) {
            answer.refuse(slug, usable);
            return;
        }
        answer.add(Row.raw(columns, values, usable, "", Utf8.of(extra.text())));
    }

    private @Nullable Object[] values(JsonScanner json, Extra extra) throws IOException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        JsonFields.Field field = fields.start();
        json.open('{');
        while (json.more('}')) {
            field = fields.next(json, field);
            int kind = json.next();
            if (field.column() < 0) {
                extra.copy(field.name(), json.raw());
            } else {
                values[field.column()] = kind == '{' || kind == '[' ? compact(json.raw()) : json.scalar();
            }
        }
        return values;
    }

    private static String compact(String value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            copy(value, generator);
        }
        return text.toString();
    }

    /** One value without blanks, numbers digit by digit: Jackson's own copy takes them through a double. */
    private static void copy(String value, JsonGenerator generator) throws IOException {
        try (JsonParser parser = JSON.createParser(value)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        }
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

        void copy(String name, String value) throws IOException {
            JsonGenerator out = generator;
            if (out == null) {
                StringWriter writer = new StringWriter();
                out = JSON.createGenerator(writer);
                out.writeStartObject();
                text = writer;
                generator = out;
            }
            out.writeFieldName(name);
            ApiSmithPageReader.copy(value, out);
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
