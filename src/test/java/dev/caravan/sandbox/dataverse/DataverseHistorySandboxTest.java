package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Someone who follows delta links, or versions and keys, through any edits ends up with what the sandbox has. */
class DataverseHistorySandboxTest {
    private static final String SET = "vin_products";
    private static final String[] PAGES = {"Prefer: odata.maxpagesize=4"};

    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);
    private final Deque<String> deleted = new ArrayDeque<>();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void deltaLinksLeadToTheSameRows(long seed) {
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
        Random random = new Random(seed);
        Map<String, String> held = new TreeMap<>();
        List<JsonNode> all = new ArrayList<>();
        String link = caller.pages(SET, all, "Prefer: odata.track-changes,odata.maxpagesize=20")
                .path("@odata.deltaLink")
                .asText();
        all.forEach(row -> take(row, held));
        for (int round = 0; round < 12; round++) {
            edit(random, 8);
            link = followed(link, held, round < 11 ? random : null);
        }
        assertThat(held).isEqualTo(own());
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void versionsLeadToTheSameRowsAndKeysTellWhatIsGone(long seed) {
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
        Random random = new Random(seed);
        Map<String, String> held = new TreeMap<>();
        long version = 0;
        for (int round = 0; round < 12; round++) {
            edit(random, 8);
            List<JsonNode> rows = new ArrayList<>();
            caller.pages(SET + "?$filter=versionnumber%20gt%20" + version + "&$orderby=versionnumber", rows, PAGES);
            for (JsonNode row : rows) {
                take(row, held);
                assertThat(row.path("versionnumber").asLong()).isGreaterThan(version);
                version = row.path("versionnumber").asLong();
            }
        }
        List<JsonNode> keys = new ArrayList<>();
        caller.pages(SET + "?$select=vin_productid", keys, PAGES);
        held.keySet()
                .retainAll(keys.stream()
                        .map(row -> row.path("vin_productid").asText())
                        .toList());
        assertThat(held).isEqualTo(own());
    }

    @Test
    void rowsThatMoveWhileTheyAreSortedAreSeenAtLeastOnce() {
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
        List<String> before = sandbox.table(SET).keys(1000);
        sandbox.before(SET, 3, () -> sandbox.table(SET).insertSome(5));
        List<JsonNode> rows = new ArrayList<>();
        caller.pages(SET + "?$orderby=modifiedon,vin_productid", rows, PAGES);
        assertThat(rows).extracting(row -> row.path("vin_productid").asText()).containsAll(before);
        assertThat(rows).hasSize(before.size() + 5);
    }

    private String followed(String link, Map<String, String> held, @Nullable Random randomBetween) {
        String next = link;
        while (true) {
            JsonNode page = caller.follow(next, PAGES).json();
            page.path("value").forEach(row -> take(row, held));
            if (page.has("@odata.deltaLink")) {
                return page.path("@odata.deltaLink").asText();
            }
            next = page.path("@odata.nextLink").asText();
            if (randomBetween != null) {
                edit(randomBetween, 2);
            }
        }
    }

    private void edit(Random random, int edits) {
        DataverseTable table = sandbox.table(SET);
        for (int i = 0; i < edits; i++) {
            List<String> keys = table.keys(1000);
            String key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(5)) {
                case 0 -> table.insertSome(1);
                case 1 -> {
                    table.delete(key);
                    deleted.add(key);
                }
                case 2 -> {
                    if (!deleted.isEmpty()) {
                        table.undelete(deleted.remove());
                    }
                }
                default -> table.set(key, "vin_name", "Edit " + random.nextInt(1000));
            }
        }
    }

    private static void take(JsonNode change, Map<String, String> held) {
        if (change.has("reason")) {
            held.remove(change.path("id").asText());
            return;
        }
        held.put(
                change.path("vin_productid").asText(),
                change.path("@odata.etag").asText() + change.path("vin_name").asText());
    }

    private Map<String, String> own() {
        Map<String, String> own = new TreeMap<>();
        sandbox.rows(SET).forEach(row -> own.put(row.key(), "W/\"" + row.version() + "\"" + row.value("vin_name")));
        return own;
    }
}
