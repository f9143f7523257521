package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.testing.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a first and a second sync of a whole environment with slow answers stand beside the least that they could take: the
 * requests in the best order, and one thread that does nothing but fetch the same bytes, parse and insert them. The source
 * compresses nothing, for it shares the processors. Numbers of requests are held; times are said.
 */
final class DataverseFirstSyncProofIT {
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final int LARGEST_PAGE = 5000;
    private static final int MOST_AT_ONCE = 50;
    /** {@code $metadata}, the definitions of all tables, those of their columns. */
    private static final int BEFORE_THE_FIRST_PAGE = 3;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder = Path.of("");

    /**
     * The least.
     *
     * @param requests pages of all tables together
     * @param longest pages of the table that has most of them: they follow one another
     * @param megabytes of all pages
     * @param seconds that fetching without latency, parsing and inserting took
     */
    private record Floor(int requests, int longest, long megabytes, double seconds) {}

    @Test
    void aWholeEnvironmentIsBroughtBesideTheLeastThatItCouldTake() throws Exception {
        try (DataverseHouse house = new DataverseHouse("jdbc:sqlite:" + folder.resolve("target.db"), folder)) {
            DataverseBusiness.publish(
                    house.sandbox,
                    Proof.LONG
                            ? DataverseBusiness.Size.full()
                            : DataverseBusiness.Size.small().withRecords(4000));
            house.with("tables", "*").with("page-size", Integer.toString(LARGEST_PAGE));
            house.set("caravan.workers", "23");
            Floor floor = floor(house);
            house.engine();
            house.sandbox.switches().latency(LATENCY).gzip(false);
            house.sandbox.forgetRequests();
            long began = System.nanoTime();
            expectCompleted(house.syncAll(false));
            double first = seconds(began);
            int data = dataRequests(house);
            house.sandbox.forgetRequests();
            began = System.nanoTime();
            expectCompleted(house.syncAll(false));
            double second = seconds(began);

            int chain = BEFORE_THE_FIRST_PAGE
                    + Math.max(floor.longest(), (floor.requests() + MOST_AT_ONCE - 1) / MOST_AT_ONCE);
            double inOrder = chain * LATENCY.toMillis() / 1000.0;
            double bound = Math.max(inOrder, floor.seconds());
            Proof.say(String.format(
                    Locale.ROOT,
                    "23 tables, %d MB, 200 ms an answer: first sync %.1f s with %d data requests for %d pages; the bound is"
                            + " %.1f s (%.1f s of requests in the best order, %.1f s for the bytes): %.2f times;"
                            + " second sync %.1f s with %d data requests",
                    floor.megabytes(),
                    first,
                    data,
                    floor.requests(),
                    bound,
                    inOrder,
                    floor.seconds(),
                    first / bound,
                    second,
                    dataRequests(house)));
            assertThat(dataRequests(house)).isLessThanOrEqualTo(23);
            if (!Proof.LONG) {
                assertThat(data)
                        .as("pages, and for tables of several what they may have missed")
                        .isLessThanOrEqualTo(3 * floor.requests());
            }
            if (Proof.LONG) {
                assertThat(data)
                        .as("pages that there is room for, not the same ones again and again")
                        .isLessThanOrEqualTo(5 * floor.requests());
            }
            for (String set : house.sandbox.entitySets()) {
                assertThat(house.one("SELECT count(*) FROM \"" + set + "\""))
                        .as(set)
                        .isEqualTo(Integer.toString(house.sandbox.table(set).size()));
            }
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void expectCompleted(Map<String, Outcome> outcomes) {
        assertThat(outcomes).hasSize(23);
        assertThat(outcomes.values())
                .allSatisfy(outcome -> assertThat(outcome.status())
                        .as(outcome.entity() + " " + outcome.message())
                        .isEqualTo("completed"));
    }

    private static int dataRequests(DataverseHouse house) {
        return house.sandbox.entitySets().stream()
                .mapToInt(set -> house.sandbox.requestsOf(set).size())
                .sum();
    }

    /** Asks for all pages without latency, parses them and inserts each value as text. */
    private Floor floor(DataverseHouse house) throws IOException, InterruptedException, SQLException {
        int requests = 0;
        int longest = 0;
        long bytes = 0;
        long nanos = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("floor.db"))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = NORMAL");
            }
            connection.setAutoCommit(false);
            for (String set : house.sandbox.entitySets()) {
                int pages = 0;
                String next = house.sandbox.url() + "/api/data/v9.2/" + set;
                while (!next.isEmpty()) {
                    long began = System.nanoTime();
                    byte[] body = get(house, next);
                    next = insert(connection, set, body);
                    nanos += System.nanoTime() - began;
                    bytes += body.length;
                    pages++;
                }
                requests += pages;
                longest = Math.max(longest, pages);
            }
        }
        return new Floor(requests, longest, bytes >> 20, nanos / 1e9);
    }

    private static byte[] get(DataverseHouse house, String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + house.sandbox.token())
                .header("Accept", "application/json")
                .build();
        HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (InputStream body = answer.body()) {
            return body.readAllBytes();
        }
    }

    private static String insert(Connection connection, String set, byte[] body) throws IOException, SQLException {
        String next = "";
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("@odata.nextLink")) {
                    next = parser.getText();
                }
                while (parser.currentToken() == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.START_OBJECT) {
                    columns.clear();
                    do {
                        rows.add(row(parser, columns));
                        parser.nextToken();
                    } while (parser.currentToken() == JsonToken.START_OBJECT);
                }
            }
        }
        if (rows.isEmpty()) {
            return next;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS \"" + set + "\" (\"" + String.join("\", \"", columns) + "\")");
        }
        String sql = "INSERT INTO \"" + set + "\" VALUES (?" + ",?".repeat(columns.size() - 1) + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (List<@Nullable String> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setString(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        return next;
    }

    /** The values of a row as text; names go to the list where it is empty. */
    private static List<@Nullable String> row(JsonParser parser, List<String> columns) throws IOException {
        List<@Nullable String> values = new ArrayList<>();
        boolean first = columns.isEmpty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (first) {
                columns.add(parser.currentName());
            }
            parser.nextToken();
            values.add(parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText());
            parser.skipChildren();
        }
        return values;
    }
}
