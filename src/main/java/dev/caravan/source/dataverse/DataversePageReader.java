package dev.caravan.source.dataverse;

import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of one table, as a stream: each record's values, and its own bytes. Made once a run; safe for several
 * threads.
 */
public final class DataversePageReader {
    private static final String LOOKUP_TARGET = "_value@Microsoft.Dynamics.CRM.lookuplogicalname";
    private static final int DIGITS_OF_A_LONG = 18;
    private static final int LONGEST_NUMBER = 2000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(256 * 1024 * 1024)
                    .build())
            .build();

    private final String set;
    private final Columns columns;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final ColumnType.Kind[] kinds;
    /** A column that is called as the id of a deletion; -1 for none. */
    private final int columnId;

    private final int key;
    private final int version;
    private final int changed;

    /**
     * @param set the entity set, for references and messages
     * @param columns its layout, with a key of one column or more
     */
    public DataversePageReader(String set, Columns columns) {
        this.set = set;
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            boolean target = columns.get(i).declaredType().equals("lookuplogicalname");
            indexes.put(target ? name.substring(0, name.length() - "_type".length()) + LOOKUP_TARGET : name, i);
        }
        this.kinds = columns.list().stream().map(column -> column.type().kind()).toArray(ColumnType.Kind[]::new);
        this.columnId = indexes.getOrDefault("id", -1);
        this.key = columns.keyIndexes().length == 0 ? -1 : columns.keyIndexes()[0];
        this.version = columns.indexOf("versionnumber");
        this.changed = columns.indexOf("modifiedon");
    }

    /**
     * Reads one answer.
     *
     * @param body the whole answer, JSON in UTF-8
     * @param delta whether it is an answer to a link to changes, which may hold nothing at all
     * @throws CaravanException ANSWER_UNREADABLE, transient, if it is not complete JSON of that form
     */
    public DataversePage read(byte[] body, boolean delta) {
        int from =
                body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF ? 3 : 0;
        Answer answer = new Answer(body, from);
        try (JsonParser parser = JSON.createParser(body, from, body.length - from)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "it is no object");
            boolean any = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                any |= member(parser, answer);
            }
            require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null, "it breaks off");
            require(any || delta, "it has no value");
            return answer.page();
        } catch (IOException unreadable) {
            throw unreadable("it is not complete JSON", unreadable);
        }
    }

    /** Whether the member was the rows. */
    private boolean member(JsonParser parser, Answer answer) throws IOException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("@odata.nextLink") && value == JsonToken.VALUE_STRING) {
            answer.nextLink = parser.getText();
        } else if (name.equals("@odata.deltaLink") && value == JsonToken.VALUE_STRING) {
            answer.deltaLink = parser.getText();
        } else if (name.equals("value") && value == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(parser.currentToken() == JsonToken.START_OBJECT, "a row is no object");
                record(parser, answer);
            }
            return true;
        } else {
            parser.skipChildren();
        }
        return false;
    }

    private void record(JsonParser parser, Answer answer) throws IOException {
        int start = answer.from + (int) parser.currentTokenLocation().getByteOffset();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        boolean deleted = false;
        String id = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            Integer index = indexes.get(name);
            if (index != null) {
                values[index] = value(parser, answer, kinds[index]);
            } else if (name.equals("@odata.context") && token == JsonToken.VALUE_STRING) {
                deleted = parser.getText().endsWith("$deletedEntity");
            } else if (name.equals("id") && token == JsonToken.VALUE_STRING) {
                id = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        if (deleted && id == null && columnId >= 0 && values[columnId] instanceof String own) {
            id = own;
        }
        int end = answer.from + (int) parser.currentLocation().getByteOffset();
        if (deleted) {
            require(id != null, "a deletion has no id");
            answer.gone.add(String.valueOf(id).toLowerCase(Locale.ROOT));
            return;
        }
        answer.add(values, new String(answer.body, start, end - start, StandardCharsets.UTF_8), start, end);
    }

    private static @Nullable Object value(JsonParser parser, Answer answer, ColumnType.Kind kind) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (kind == ColumnType.Kind.JSON || token.isStructStart()) {
            return slice(parser, answer);
        }
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            default -> parser.getText();
        };
    }

    private static Object number(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > LONGEST_NUMBER) {
            return parser.getText();
        }
        boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && length <= DIGITS_OF_A_LONG;
        return whole
                ? (Object) parser.getLongValue()
                : new BigDecimal(parser.getTextCharacters(), parser.getTextOffset(), length);
    }

    private static String slice(JsonParser parser, Answer answer) throws IOException {
        int start = answer.from + (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
        parser.skipChildren();
        int end = answer.from + (int) parser.currentLocation().getByteOffset();
        return new String(answer.body, start, end - start, StandardCharsets.UTF_8).strip();
    }

    private void require(boolean met, String otherwise) {
        if (!met) {
            throw unreadable(otherwise, null);
        }
    }

    private CaravanException unreadable(String why, @Nullable Throwable cause) {
        return new CaravanException(
                FaultKind.TRANSIENT, "ANSWER_UNREADABLE", set + ": the answer cannot be read, " + why + "", cause);
    }

    /** What was read so far of one answer. */
    private final class Answer {
        private final byte[] body;
        private final int from;
        private final List<Row> rows = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();
        private @Nullable String nextLink;
        private @Nullable String deltaLink;
        private long highest = -1;
        private @Nullable String latest;
        private int first = -1;
        private int last = -1;

        Answer(byte[] body, int from) {
            this.body = body;
            this.from = from;
        }

        void add(@Nullable Object[] values, String json, int start, int end) {
            first = first < 0 ? start : first;
            last = end;
            if (key < 0 || values[key] == null) {
                refused.add(new Refusal(
                        new DeadLetter(
                                "FETCH",
                                "KEY_MISSING",
                                "BAD_DATA",
                                "The record has no " + String.join(", ", columns.keyNames()),
                                set + "[?]",
                                json,
                                null,
                                null,
                                null),
                        null));
                return;
            }
            String stamp = version >= 0 && values[version] instanceof Long number ? Long.toString(number) : null;
            if (stamp != null) {
                highest = Math.max(highest, Long.parseLong(stamp));
            }
            if (changed >= 0
                    && values[changed] instanceof String time
                    && (latest == null || time.compareTo(latest) > 0)) {
                latest = time;
            }
            rows.add(Row.raw(columns, values, stamp, "", json));
        }

        DataversePage page() {
            long content = first < 0 ? 0 : Hashing.xxh3_64().hashBytesToLong(body, first, last - first);
            return new DataversePage(rows, refused, gone, nextLink, deltaLink, highest, latest, content);
        }
    }
}
