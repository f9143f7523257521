package dev.caravan.source.dataverse;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.model.Utf8;
import dev.caravan.source.Body;
import dev.caravan.source.JsonFields;
import dev.caravan.source.JsonScanner;
import java.io.IOException;
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
    private static final int DEEPEST = 64;
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
        return read(new Body(body, body.length), delta);
    }

    /** The same; nothing of the answer is held afterwards. */
    public DataversePage read(Body body, boolean delta) {
        try {
            JsonScanner json = new JsonScanner(body.bytes(), body.length(), DEEPEST);
            Answer answer = new Answer(body.bytes());
            require(json.next() == '{', "it is no object");
            json.open('{');
            boolean any = false;
            while (json.more('}')) {
                any |= member(json, answer);
            }
            json.end();
            require(any || delta, "it has no value");
            return answer.page();
        } catch (IOException unreadable) {
            throw unreadable("it is not complete JSON: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Whether the member was the rows. */
    private boolean member(JsonScanner json, Answer answer) throws IOException {
        String name = json.name();
        int kind = json.next();
        if (name.equals("@odata.nextLink") && kind == '"') {
            answer.nextLink = json.text();
        } else if (name.equals("@odata.deltaLink") && kind == '"') {
            answer.deltaLink = json.text();
        } else if (name.equals("value") && kind == '[') {
            JsonFields fields = new JsonFields(this::columnOf);
            json.open('[');
            while (json.more(']')) {
                require(json.next() == '{', "a row is no object");
                record(json, fields, answer);
            }
            return true;
        } else {
            json.skip();
        }
        return false;
    }

    private int columnOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    private void record(JsonScanner json, JsonFields fields, Answer answer) throws IOException {
        int start = json.at();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        boolean deleted = false;
        String id = null;
        JsonFields.Field field = fields.start();
        json.open('{');
        while (json.more('}')) {
            field = fields.next(json, field);
            int kind = json.next();
            if (field.column() >= 0) {
                values[field.column()] = value(json, kind, kinds[field.column()]);
            } else if (kind == '"' && field.name().equals("@odata.context")) {
                deleted = json.text().endsWith("$deletedEntity");
            } else if (kind == '"' && field.name().equals("id")) {
                id = json.text();
            } else {
                json.skip();
            }
        }
        if (deleted && id == null && columnId >= 0 && values[columnId] instanceof String own) {
            id = own;
        }
        if (deleted) {
            require(id != null, "a deletion has no id");
            answer.gone.add(String.valueOf(id).toLowerCase(Locale.ROOT));
            return;
        }
        answer.add(values, start, json.at());
    }

    private static @Nullable Object value(JsonScanner json, int kind, ColumnType.Kind wanted) throws IOException {
        boolean asItIs = kind == '{' || kind == '[' || wanted == ColumnType.Kind.JSON && kind != 'n';
        return asItIs ? json.raw() : json.scalar();
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
        private final List<Row> rows = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();
        private @Nullable String nextLink;
        private @Nullable String deltaLink;
        private long highest = -1;
        private @Nullable String latest;
        private int first = -1;
        private int last = -1;

        Answer(byte[] body) {
            this.body = body;
        }

        void add(@Nullable Object[] values, int start, int end) {
            Utf8 json = Utf8.of(body, start, end);
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
                                json.toString(),
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
            boolean compared = nextLink != null && first >= 0;
            long content = compared ? Hashing.xxh3_64().hashBytesToLong(body, first, last - first) : 0;
            return new DataversePage(rows, refused, gone, nextLink, deltaLink, highest, latest, content);
        }
    }
}
