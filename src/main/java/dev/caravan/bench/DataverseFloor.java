package dev.caravan.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The floor for a whole Dataverse: one thread fetches all tables' pages in the largest size one after the other, parses
 * them with Jackson's streaming API and inserts each value as text, and the record as it came; nothing is looked up, typed,
 * hashed or compared. Of the 23 tables of the sandbox only, into SQLite, set as Caravan sets it. The pages are those that
 * Caravan fetches, in which references say what table they point to; the floor keeps that in the record alone.
 *
 * <p>Arguments: the URL of the sandbox, a JDBC URL, and one of {@code --values-only} where the record is to be left out,
 * which is most of the bytes, and {@code --same-table} where the tables are also to have the other four columns that
 * Caravan's have, filled with constants, and the same three indexes. Tables are called {@code floor_} and the entity set.
 *
 * <p>Prints one line of JSON: requests for pages, how many of them the table with most pages needs, bytes of all pages, and
 * seconds without the start of the JVM, until the database is closed.
 */
public final class DataverseFloor {
    private static final List<String> SETTINGS =
            List.of("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536", "wal_autocheckpoint = 20000");
    private static final String OWN = "sync_time, valid_from, _deleted_at, _row_hash";
    private static final String NOW = "2025-01-01T00:00:00.000Z";
    private static final String HASH = "0123456789abcdef".repeat(4);

    private final String api;
    private final Connection connection;
    private final Kind kind;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonFactory json = new JsonFactory();
    private int requests;
    private int longest;
    private long bytes;

    /** What the tables have. */
    private enum Kind {
        VALUES_ONLY,
        PLAIN,
        SAME_TABLE;

        static Kind of(List<String> arguments) {
            if (arguments.remove("--values-only")) {
                return VALUES_ONLY;
            }
            return arguments.remove("--same-table") ? SAME_TABLE : PLAIN;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean hasRecord() {
            return this != VALUES_ONLY;
        }

        boolean isSameTable() {
            return this == SAME_TABLE;
        }
    }

    private DataverseFloor(String url, Connection connection, Kind kind) {
        this.api = url + "/api/data/v9.2/";
        this.connection = connection;
        this.kind = kind;
    }

    /** Loads once and prints the figures. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        System.out.println(run(arguments));
    }

    /**
     * Loads once and gives the figures.
     *
     * @throws IllegalArgumentException for other arguments than these
     * @throws IOException if the source answers with anything but 200
     */
    public static String run(String... arguments) throws IOException, InterruptedException, SQLException {
        List<String> left = new ArrayList<>(List.of(arguments));
        Kind kind = Kind.of(left);
        if (left.size() != 2) {
            throw new IllegalArgumentException(
                    "The URL of the source, a JDBC URL, and --values-only or --same-table where wanted");
        }
        DataverseFloor floor;
        long began;
        try (Connection connection = DriverManager.getConnection(left.get(1))) {
            for (String setting : SETTINGS) {
                execute(connection, "PRAGMA " + setting);
            }
            began = System.nanoTime();
            floor = new DataverseFloor(left.get(0), connection, kind);
            floor.load();
        }
        return floor.report((System.nanoTime() - began) / 1e9);
    }

    private String report(double seconds) {
        return String.format(
                Locale.ROOT,
                "{\"floor\":\"%s\",\"requests\":%d,\"longest\":%d,\"bytes\":%d,\"seconds\":%.3f}",
                kind.text(),
                requests,
                longest,
                bytes,
                seconds);
    }

    private byte[] get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer sandbox-token")
                .header("Accept", "application/json")
                .header("Prefer", "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"")
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("Status " + answer.statusCode() + " for " + address);
        }
        return answer.body();
    }

    private void load() throws IOException, InterruptedException, SQLException {
        connection.setAutoCommit(false);
        for (JsonNode set : new ObjectMapper().readTree(get(api)).path("value")) {
            String name = set.path("name").asText();
            if (name.endsWith("Definitions")) {
                continue;
            }
            List<String> columns = new ArrayList<>();
            int before = requests;
            String next = api + name;
            while (!next.isEmpty()) {
                byte[] body = get(next);
                requests++;
                bytes += body.length;
                next = page(name, columns, body);
                connection.commit();
            }
            longest = Math.max(longest, requests - before);
            index(name, columns);
        }
    }

    /** Stores one page; answers the link to the next one, empty on the last. */
    private String page(String set, List<String> columns, byte[] body) throws IOException, SQLException {
        String next = "";
        List<@Nullable String[]> rows = new ArrayList<>();
        try (JsonParser parser = json.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("@odata.nextLink")) {
                    next = parser.getText();
                }
                while (name.equals("value") && parser.nextToken() == JsonToken.START_OBJECT) {
                    rows.add(row(parser, columns, body));
                }
            }
        }
        if (!rows.isEmpty()) {
            insert(set, columns, rows);
        }
        return next;
    }

    /** The values of a record as text, in the order they came; names go to the list where it is empty. */
    private @Nullable String[] row(JsonParser parser, List<String> columns, byte[] body) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        boolean first = columns.isEmpty();
        List<@Nullable String> values = new ArrayList<>(columns.size() + 1);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.indexOf('@') > 0) {
                parser.skipChildren();
                continue;
            }
            if (first) {
                columns.add(name);
            }
            values.add(parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText());
            parser.skipChildren();
        }
        if (kind.hasRecord()) {
            int to = (int) parser.currentLocation().getByteOffset();
            values.add(new String(body, from, to - from, StandardCharsets.UTF_8));
        }
        return values.toArray(new @Nullable String[0]);
    }

    private void insert(String set, List<String> columns, List<@Nullable String[]> rows) throws SQLException {
        String names = '"' + String.join("\", \"", columns) + '"';
        execute(
                connection,
                "CREATE TABLE IF NOT EXISTS \"floor_" + set + "\" (" + names
                        + (kind.hasRecord() ? ", json_response" : "") + (kind.isSameTable() ? ", " + OWN : "") + ")");
        String places =
                String.join(",", Arrays.stream(rows.get(0)).map(any -> "?").toList());
        String constants = kind.isSameTable() ? ",'" + NOW + "','" + NOW + "',NULL,'" + HASH + "'" : "";
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO \"floor_" + set + "\" VALUES (" + places + constants + ")")) {
            for (@Nullable String[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setString(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void index(String set, List<String> columns) throws SQLException {
        if (!kind.isSameTable()) {
            return;
        }
        String key = columns.stream()
                .filter(column -> column.endsWith("id") && !column.startsWith("_"))
                .findFirst()
                .orElse("");
        for (String column : List.of(key, "modifiedon", "createdon")) {
            if (columns.contains(column)) {
                execute(
                        connection,
                        "CREATE INDEX \"floor_" + set + "_" + column + "\" ON \"floor_" + set + "\" (\"" + column
                                + "\")");
            }
        }
        connection.commit();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
