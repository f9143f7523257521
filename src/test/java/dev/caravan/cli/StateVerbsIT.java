package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.cli.Terminal.Said;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunCounts;
import dev.caravan.store.Database;
import dev.caravan.store.PendingChildRepository;
import dev.caravan.store.Uids;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verbs that read and change what is remembered, on a real SQLite file. */
class StateVerbsIT extends RememberedItems {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "runs",
                "cursors",
                "cursors export",
                "mappings",
                "mappings check",
                "schedule",
                "schema",
                "schema history",
                "dead-letters",
                "dead-letters list"
            })
    void readingIsWellBeforeTheFirstSyncAndMakesNothing(String line) {
        assertThat(terminal.run(line.split(" ", -1)).code()).isZero();
        assertThat(folder.resolve("caravan.db")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "runs",
                "cursors",
                "cursors list",
                "cursors export",
                "mappings list",
                "mappings check",
                "schedule list",
                "schema",
                "schema diff",
                "schema keys",
                "schema history",
                "schema show items",
                "dead-letters",
                "dead-letters list --stage map",
                "dead-letters retry",
                "dead-letters drop --all",
                "dead-letters show nothing",
                "approve deletes items",
                "approve plan items --show",
                "schedule pause items",
                "schedule resume erp.*",
                "cursors set items 5",
                "cursors reset --all",
                "check",
                "check --offline",
                "init",
                "discover",
                "sync",
                "verify",
                "serve",
                "completion",
                "completion fish",
                "version",
                "status --config nowhere.properties"
            })
    void withJsonThereIsOneDocument(String line) throws IOException {
        withItems(stores -> {});
        Said said = terminal.run((line + " --json").split(" ", -1));
        JsonNode document = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(said.out());
        assertThat(document.isContainerNode()).as(said.out()).isTrue();
    }

    @Test
    void readingLeavesTheDatabaseAsItIs() throws IOException {
        withItems(stores -> {});
        byte[] before = Files.readAllBytes(folder.resolve("caravan.db"));
        for (String verb : List.of("status", "runs", "cursors", "schedule", "schema", "dead-letters", "mappings")) {
            assertThat(terminal.run(verb).code()).as(verb).isZero();
        }

        assertThat(Files.readAllBytes(folder.resolve("caravan.db"))).isEqualTo(before);
    }

    @Test
    void readsAnEmptyDatabaseAsOneWithoutState() throws IOException {
        Files.createFile(folder.resolve("caravan.db"));

        Said said = terminal.run("status");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("Nothing was synced into");
    }

    @Test
    void showsWhereEachEntityStands() {
        withItems(stores -> {
            stores.entities().setStatus(ITEMS, "completed");
            stores.entities().setLastSync(ITEMS, Terminal.NOW);
            stores.entities().setTotal(ITEMS, 1000);
            stores.entities().setLastRowversion(ITEMS, "20260301120000");
            stores.entities().holdDeletes(ITEMS, 60L);
        });
        Said said = terminal.run("status", "--json");

        assertThat(said.out())
                .contains(
                        "\"entity\" : \"erp.items\"",
                        "\"state\" : \"completed\"",
                        "\"last_sync\" : \"2026-03-01T12:00:00Z\"",
                        "\"rows\" : 1000",
                        "\"row_version\" : \"20260301120000\"",
                        "\"dead_letters\" : 0",
                        "60 deletions wait for 'caravan approve deletes'");
        assertThat(terminal.run("status").out()).contains("erp.items  completed");
    }

    @Test
    void addsUpRunsDeadLettersAndWaitingChildren() throws IOException {
        withItems(stores -> {
            String run = stores.runs().open(ITEMS, "full", "cli", null, "here/1");
            stores.runs().add(run, new RunCounts(8, 1, 1, 0, 4, 2, 0, 0), 100);
            stores.deadLetters()
                    .add(
                            run,
                            ITEMS,
                            List.of(new DeadLetter(
                                    "NORMALISE", "NUMBER_UNREADABLE", "BAD_DATA", "no", "r", "{}", null, null, null)));
            stores.runs().finish(run, "completed", null, null);
            stores.alerts().raise("failed-runs", "erp.items", "3 runs in a row failed");
        });
        try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("caravan.db"), null, null, 1, false)) {
            new PendingChildRepository(database, Clock.fixed(Terminal.NOW, ZoneOffset.UTC))
                    .add(List.of(new PendingChildRepository.Child(
                            Uids.next(), null, ITEMS, "a", "items[A=1]", "erp.makers", "1", "{}", null, null, 0)));
        }
        JsonNode status =
                new ObjectMapper().readTree(terminal.run("status", "--json").out());
        assertThat(status.at("/entities/0/entity").asText()).isEqualTo("erp.items");
        assertThat(status.at("/entities/0/waiting").asInt()).isEqualTo(1);
        assertThat(status.at("/runs/0").toString())
                .isEqualTo("{\"entity\":\"erp.items\",\"status\":\"completed\",\"count\":1}");
        assertThat(status.at("/latest_runs/0/efficiency").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(status.at("/latest_runs/0/success_rate").decimalValue()).isEqualByComparingTo("0.75");
        assertThat(status.at("/failed_records/0").toString())
                .isEqualTo("{\"entity\":\"erp.items\",\"stage\":\"NORMALISE\",\"type\":\"BAD_DATA\","
                        + "\"code\":\"NUMBER_UNREADABLE\",\"retryable\":true,\"count\":1}");
        assertThat(status.at("/pending_children/0").toString())
                .isEqualTo("{\"parent\":\"erp.makers\",\"entity\":\"erp.items\",\"missing_parents\":1,\"count\":1}");
        assertThat(status.at("/alerts/0/kind").asText()).isEqualTo("failed-runs");
    }

    @Test
    void showsWindowsWithTheNextOpeningAndThePosition() {
        withItems(stores -> {
            stores.background().put(ITEMS, "19:00", "07:00", "Europe/Berlin");
            stores.background().setOffset(ITEMS, "page 12");
        });
        assertThat(terminal.run("status").out())
                .contains("19:00-07:00 Europe/Berlin, opens 2026-03-01T18:00:00Z", "page 12");
        withState(stores -> stores.background().put(ITEMS, "12:00", "14:00", "UTC"));
        assertThat(terminal.run("status", "--json").out())
                .contains("12:00-14:00 UTC, open until 2026-03-01T14:00:00Z", "\"position\" : \"page 12\"");
    }

    @Test
    void showsTheRunsOfAnEntity() {
        withItems(stores -> {
            String run = stores.runs().open(ITEMS, "full", "cli", null, "here/1");
            stores.runs().add(run, new RunCounts(5, 3, 1, 0, 1, 0, 0, 0), 100);
            stores.runs().finish(run, "failed", "SOURCE_UNREACHABLE", "The source is away");
        });

        assertThat(terminal.run("runs", "erp.items").out())
                .contains("erp.items  full  cli", "failed", "SOURCE_UNREACHABLE", "The source is away");
        Said unknown = terminal.run("runs", "erp.itms");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("No entity is called erp.itms; there is erp.items");
    }

    @Test
    void showsDeadLetters() {
        withItems(stores -> {
            String run = stores.runs().open(ITEMS, "full", "cli", null, "here/1");
            stores.deadLetters()
                    .add(
                            run,
                            ITEMS,
                            List.of(new DeadLetter(
                                    "NORMALISE",
                                    "NUMBER_UNREADABLE",
                                    "BAD_DATA",
                                    "PRICE is no number",
                                    "items[PART_NO=P-1]",
                                    "{\"PRICE\":\"x\"}",
                                    null,
                                    null,
                                    null)));
        });
        Said list = terminal.run("dead-letters", "list", "items");

        assertThat(list.out()).contains("items[PART_NO=P-1]", "NORMALISE", "NUMBER_UNREADABLE", "PRICE is no number");
        String uid = list.out().lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
        assertThat(terminal.run("dead-letters", "show", uid).out())
                .contains("reference   items[PART_NO=P-1]", "raw         {\"PRICE\":\"x\"}")
                .doesNotContain("normalised");
        assertThat(terminal.run("dead-letters", "show", Uids.next()).code()).isEqualTo(2);
        assertThat(terminal.run("status", "--json").out()).contains("\"dead_letters\" : 1");
    }

    @Test
    void showsSchemasAndWhatWaits() {
        withItems(stores -> {
            EntityRecord items = stores.entities().get(ITEMS);
            stores.schemas().add(ITEMS, items.columns(), null, "info", "approved");
            stores.schemas().add(ITEMS, items.columns(), "PRICE added", "info", "approved");
            stores.schemas().add(ITEMS, items.columns(), "the key changed from PART_NO to NO", "stop", "open");
            stores.entities().setNote(ITEMS, "the key changed from PART_NO to NO");
        });

        assertThat(terminal.run("schema", "diff").out())
                .contains("erp.items  error  open      the key changed from PART_NO to NO  items  not synced");
        assertThat(terminal.run("schema", "history", "items").out())
                .containsPattern("2  .*info   approved .* PRICE added");
        assertThat(terminal.run("status").out()).contains("the key changed");
    }

    @Test
    void saysThatTheDatabaseIsBroken() throws IOException {
        Files.writeString(
                folder.resolve("caravan.db"), "this is no database, though it has a few bytes in it".repeat(99));
        Said said = terminal.run("status");

        assertThat(said.code()).isNotZero();
        assertThat(said.err()).startsWith("caravan: ");
    }
}
