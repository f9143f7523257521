package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Generated rows: what goes over the wire is what {@code rows} says, before and after edits. */
class WideTableTest {
    private static final int ROWS = 2500;

    private final ApiSmithSandbox sandbox = ApiSmithSandbox.start(0);
    private final Caller caller = new Caller(sandbox);
    private final FakeClock clock = new FakeClock(Instant.parse("2026-02-03T04:05:06Z"));

    @BeforeEach
    void publish() {
        sandbox.setClock(clock);
        sandbox.publishWide("wide", ROWS, 7);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theWireBringsTheRowsAsTheyAre() {
        List<JsonNode> listed = listed("");
        List<SandboxRow> rows = sandbox.rows("wide");
        assertThat(rows).hasSize(ROWS);
        assertThat(listed).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            expectSame(listed.get(i), rows.get(i));
        }
    }

    @Test
    void everyKeyIsThereOnceAndRowsAreOfEveryKind() {
        Set<Object> keys = new HashSet<>();
        Set<Object> states = new HashSet<>();
        int withoutNote = 0;
        for (SandboxRow row : sandbox.rows("wide")) {
            keys.add(row.value("ORDER_NO") + "/" + row.value("LINE_NO"));
            states.add(String.valueOf(row.value("STATUS")));
            withoutNote += row.value("NOTE") == null ? 1 : 0;
        }
        assertThat(keys).hasSize(ROWS);
        assertThat(states).hasSize(4);
        assertThat(withoutNote).isBetween(ROWS / 5, ROWS / 3);
        assertThat(sandbox.api("wide").columns()).hasSize(12);
    }

    @Test
    void theSameSeedMakesTheSameRowsAndAnotherSeedOthers() {
        sandbox.publishWide("same", ROWS, 7);
        sandbox.publishWide("other", ROWS, 8);
        assertThat(sandbox.rows("same")).isEqualTo(sandbox.rows("wide"));
        assertThat(sandbox.rows("other")).isNotEqualTo(sandbox.rows("wide"));
    }

    @Test
    void aRowTakesAboutAThirdOfAKilobyte() {
        int length = caller.get("data/wide?page_size=1000").body().length();
        assertThat(length / 1000).isBetween(330, 365);
    }

    @Test
    void onlyWhatChangedIsAboveTheHighestVersion() {
        List<SandboxRow> before = sandbox.rows("wide");
        String highest = before.get(ROWS - 1).rowVersion();
        assertThat(listed("&rowversion_gt=" + highest)).isEmpty();
        sandbox.edit("wide", 0, 100, 0);
        List<JsonNode> changed = listed("&rowversion_gt=" + highest);
        assertThat(changed)
                .hasSize(100)
                .allMatch(row -> row.path("row_version").asText().equals("20260203040506"));
        clock.advance(Duration.ofSeconds(1));
        sandbox.edit("wide", 0, 30, 0);
        assertThat(listed("&rowversion_gt=20260203040506")).hasSize(30);
        assertThat(sandbox.rows("wide"))
                .hasSize(ROWS)
                .filteredOn(row -> !before.contains(row))
                .hasSizeBetween(100, 130)
                .allMatch(row -> String.valueOf(row.rowVersion()).compareTo("20260203") > 0);
    }

    @Test
    void manyRowsShareAVersion() {
        Set<Object> versions = new HashSet<>();
        sandbox.rows("wide").forEach(row -> versions.add(String.valueOf(row.rowVersion())));
        assertThat(versions).hasSize(ROWS / 20);
    }

    @Test
    void newRowsComeLastAndDeletedOnesAreGone() {
        sandbox.edit("wide", 5, 0, 10);
        List<JsonNode> listed = listed("");
        List<SandboxRow> rows = sandbox.rows("wide");
        assertThat(rows).hasSize(ROWS + 5 - 10);
        assertThat(listed).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            expectSame(listed.get(i), rows.get(i));
        }
    }

    @Test
    void aRowIsLookedUpByItsWholeKey() {
        SandboxRow row = sandbox.rows("wide").get(1234);
        String key = "ORDER_NO=" + row.value("ORDER_NO") + "&LINE_NO=" + row.value("LINE_NO");
        JsonNode found = caller.json("data/wide?" + key).path("rows");
        assertThat(found).hasSize(1);
        expectSame(found.path(0), row);
        sandbox.edit("wide", 0, 0, ROWS);
        assertThat(caller.json("data/wide?" + key).path("rows")).isEmpty();
        assertThat(caller.json("data/wide?ORDER_NO=99999999&LINE_NO=1").path("rows"))
                .isEmpty();
        assertThat(caller.json("data/wide?ORDER_NO=x&LINE_NO=1").path("rows")).isEmpty();
    }

    private List<JsonNode> listed(String more) {
        List<JsonNode> listed = new ArrayList<>();
        int before = -1;
        for (int page = 1; listed.size() > before; page++) {
            before = listed.size();
            caller.json("data/wide?page_size=999&page=" + page + more)
                    .path("rows")
                    .forEach(listed::add);
        }
        return listed;
    }

    private static void expectSame(JsonNode wire, SandboxRow row) {
        assertThat(wire.path("row_version").asText()).isEqualTo(row.rowVersion());
        assertThat(wire.path("oracle_keys").path("ORDER_NO").asText()).isEqualTo(row.value("ORDER_NO"));
        assertThat(wire.path("oracle_keys").path("LINE_NO").asLong()).isEqualTo(row.value("LINE_NO"));
        assertThat(wire.path("data").size()).isEqualTo(row.values().size());
        row.values()
                .forEach((name, value) ->
                        assertThat(plain(wire.path("data").path(name))).as(name).isEqualTo(value));
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL -> null;
            case BOOLEAN -> node.asBoolean();
            case NUMBER -> node.isIntegralNumber() ? (Object) node.asLong() : node.decimalValue();
            default -> node.asText();
        };
    }
}
