package dev.caravan.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * The floor: the least that a Java program on one thread does to bring the rows of an API into a table. It asks for one
 * page after the other, parses with Jackson's streaming API and inserts with a prepared batch; nothing is normalised,
 * hashed or compared. Both databases are set as Caravan sets them; for PostgreSQL the driver makes one statement of
 * many rows ({@code reWriteBatchedInserts}). A transaction has 10,000 rows, as far as the pages allow.
 *
 * <p>Options, each with a value: {@code --url}, {@code --token}, {@code --slug} (wide), {@code --database} (a JDBC URL),
 * {@code --page-size} (1000). With {@code --same-table} the table also has the seven
 * audit columns, filled with constants but for the id, which counts up, and the row's own version, and gets its indexes
 * after the load: unique id, unique business key, row version. The table, called {@code floor}, is made anew.
 *
 * <p>Prints one line of JSON: rows, seconds of the load, and of the indexes and until the database is closed, without the
 * start of the JVM, and rows a second over both.
 */
public final class Floor {
    private static final List<String> SQLITE_SETTINGS =
            List.of("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536", "wal_autocheckpoint = 20000");
    private static final Map<String, String> POSTGRESQL_SETTINGS =
            Map.of("reWriteBatchedInserts", "true", "stringtype", "unspecified", "options", "-c TimeZone=UTC");
    private static final Map<String, String> DEFAULTS = Map.of(
            "--url", "http://127.0.0.1:8007",
            "--token", "sandbox-token",
            "--slug", "wide",
            "--database", "jdbc:sqlite:floor.db",
            "--page-size", "1000");
    private static final int TRANSACTION_ROWS = 10_000;
    private static final String AUDIT = "_bridge_id uuid NOT NULL, _bridge_created_at timestamptz,"
            + " _bridge_updated_at timestamptz, _bridge_hash text, _bridge_bk_hash text,"
            + " _bridge_rowversion text COLLATE \"C\", _bridge_deleted boolean NOT NULL";
    private static final int AUDIT_COLUMNS = 7;
    private static final String NOW = "2025-01-01T00:00:00Z";
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final long ID_HIGH = 0x0194_0000_0000_7000L;
    private static final long ID_LOW = 0x8000_0000_0000_0000L;

    private final Map<String, String> settings;
    private final boolean sameTable;
    private final boolean sqlite;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonFactory json = new JsonFactory();
    private final List<Field> fields = new ArrayList<>();
    private long rows;
    private long pages;

    /** A column as the API describes it; digits are -1 where it does not say them. */
    private record Field(String name, String type, boolean key, int precision, int scale) {
        String declared(boolean sqlite) {
            boolean isInteger = scale == 0 && precision > 0 && precision <= 18;
            return switch (type) {
                case "NUMBER" -> isInteger ? "bigint" : sqlite ? "" : "numeric";
                case "BOOLEAN" -> sqlite ? "integer" : "boolean";
                case "DATE" -> sqlite ? "text" : "date";
                case "TIMESTAMP" -> sqlite ? "text" : "timestamptz";
                default -> "text";
            };
        }
    }

    private Floor(Map<String, String> settings, boolean sameTable) {
        this.settings = settings;
        this.sameTable = sameTable;
        this.sqlite = setting("--database").startsWith("jdbc:sqlite:");
    }

    /** Loads once and prints the figures. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        System.out.println(run(arguments));
    }

    /** Loads once and gives the figures. */
    static String run(String... arguments) throws IOException, InterruptedException, SQLException {
        Map<String, String> settings = new HashMap<>(DEFAULTS);
        List<String> left = new ArrayList<>(List.of(arguments));
        boolean sameTable = left.remove("--same-table");
        for (int i = 0; i + 1 < left.size(); i += 2) {
            settings.put(left.get(i), left.get(i + 1));
        }
        if (left.size() % 2 != 0 || settings.size() > DEFAULTS.size()) {
            throw new IllegalArgumentException("Options with their values: " + DEFAULTS.keySet());
        }
        return new Floor(settings, sameTable).run();
    }

    private String run() throws IOException, InterruptedException, SQLException {
        describe();
        long start;
        long loaded;
        try (Connection connection = connect()) {
            createTable(connection);
            start = System.nanoTime();
            load(connection);
            loaded = System.nanoTime();
            index(connection);
        }
        return report((loaded - start) / 1e9, (System.nanoTime() - loaded) / 1e9);
    }

    private String report(double load, double index) {
        return String.format(
                Locale.ROOT,
                "{\"floor\":\"%s\",\"database\":\"%s\",\"rows\":%d,"
                        + "\"load_seconds\":%.3f,\"index_seconds\":%.3f,\"seconds\":%.3f,\"rows_per_second\":%.0f}",
                sameTable ? "same-table" : "plain",
                sqlite ? "sqlite" : "postgresql",
                rows,
                load,
                index,
                load + index,
                rows / (load + index));
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(sqlite ? Map.of() : POSTGRESQL_SETTINGS);
        Connection connection = DriverManager.getConnection(setting("--database"), properties);
        if (sqlite) {
            for (String pragma : SQLITE_SETTINGS) {
                execute(connection, "PRAGMA " + pragma);
            }
        }
        return connection;
    }

    private void createTable(Connection connection) throws SQLException {
        StringJoiner columns = new StringJoiner(", ", "(", ")");
        fields.forEach(field -> columns.add(quoted(field.name()) + " " + field.declared(sqlite)));
        if (sameTable) {
            columns.add(sqlite ? AUDIT.replaceAll("uuid|timestamptz", "text").replace("\"C\"", "BINARY") : AUDIT);
        }
        execute(connection, "DROP TABLE IF EXISTS floor");
        execute(connection, "CREATE TABLE floor " + columns);
    }

    private void index(Connection connection) throws SQLException {
        if (!sameTable) {
            return;
        }
        StringJoiner key = new StringJoiner(", ", "(", ")");
        fields.stream().filter(Field::key).forEach(field -> key.add(quoted(field.name())));
        execute(connection, "CREATE UNIQUE INDEX floor_id ON floor (_bridge_id)");
        execute(connection, "CREATE UNIQUE INDEX floor_key ON floor " + key);
        execute(connection, "CREATE INDEX floor_rowversion ON floor (_bridge_rowversion)");
        connection.commit();
    }

    private void load(Connection connection) throws IOException, InterruptedException, SQLException {
        connection.setAutoCommit(false);
        int parameters = fields.size() + (sameTable ? AUDIT_COLUMNS : 0);
        String insertSql = "INSERT INTO floor VALUES (?" + ",?".repeat(parameters - 1) + ")";
        int pageSize = Integer.parseInt(setting("--page-size"));
        try (PreparedStatement insert = connection.prepareStatement(insertSql)) {
            long before;
            do {
                before = rows;
                pages++;
                try (InputStream body = get("data/" + setting("--slug") + "?page=" + pages + "&page_size=" + pageSize);
                        JsonParser parser = json.createParser(body)) {
                    readPage(parser, insert);
                }
                insert.executeBatch();
                if (rows / TRANSACTION_ROWS > before / TRANSACTION_ROWS) {
                    connection.commit();
                }
            } while (rows > before);
            connection.commit();
        }
    }

    private void readPage(JsonParser parser, PreparedStatement insert) throws IOException, SQLException {
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    readRow(parser, insert);
                    insert.addBatch();
                    rows++;
                }
            }
        }
    }

    private void readRow(JsonParser parser, PreparedStatement insert) throws IOException, SQLException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("data")) {
                readData(parser, insert);
            } else if (name.equals("row_version") && sameTable) {
                setAudit(insert, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readData(JsonParser parser, PreparedStatement insert) throws IOException, SQLException {
        for (int i = 0; i < fields.size(); i++) {
            parser.nextToken();
            if (!fields.get(i).name().equals(parser.currentName())) {
                throw new IOException("A row's fields are not in the order of the columns");
            }
            parser.nextToken();
            bind(parser, insert, i + 1, fields.get(i));
        }
        parser.nextToken();
    }

    private void bind(JsonParser parser, PreparedStatement insert, int place, Field field)
            throws IOException, SQLException {
        switch (parser.currentToken()) {
            case VALUE_NULL -> insert.setNull(place, Types.NULL);
            case VALUE_TRUE, VALUE_FALSE -> insert.setBoolean(place, parser.getBooleanValue());
            case VALUE_NUMBER_INT -> insert.setLong(place, parser.getLongValue());
            case VALUE_NUMBER_FLOAT ->
                insert.setObject(place, sqlite ? (Object) parser.getDoubleValue() : parser.getDecimalValue());
            case VALUE_STRING -> insert.setString(place, parser.getText());
            default -> throw new IOException("No plain value in " + field.name());
        }
    }

    private void setAudit(PreparedStatement insert, String version) throws SQLException {
        int place = fields.size();
        insert.setString(place + 1, new UUID(ID_HIGH, ID_LOW + rows).toString());
        insert.setString(place + 2, NOW);
        insert.setString(place + 3, NOW);
        insert.setString(place + 4, HASH);
        insert.setString(place + 5, HASH.substring(32));
        insert.setString(place + 6, version);
        insert.setBoolean(place + 7, false);
    }

    private void describe() throws IOException, InterruptedException {
        try (InputStream body = get("apis/" + setting("--slug"))) {
            for (JsonNode column : new ObjectMapper().readTree(body).path("columns")) {
                String name = column.path("name").asText();
                fields.add(new Field(
                        column.hasNonNull("output_alias")
                                ? column.path("output_alias").asText()
                                : name,
                        column.path("data_type").asText(),
                        column.path("is_business_key").asBoolean(),
                        column.path("precision").asInt(-1),
                        column.path("scale").asInt(-1)));
            }
        }
    }

    private InputStream get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(setting("--url") + "/api/v1/" + path))
                .header("Authorization", "Bearer " + setting("--token"))
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("Status " + response.statusCode() + " for " + path);
        }
        return response.body();
    }

    private String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
