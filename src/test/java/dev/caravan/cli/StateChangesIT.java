package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Terminal.Said;
import dev.caravan.store.Uids;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verbs that change what is remembered: cursors, schedules, deletions. */
class StateChangesIT extends RememberedItems {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cursors reset --all",
                "schedule pause erp.items",
                "approve deletes erp.items",
                "mappings set items A b",
                "mappings drop items A"
            })
    void changingWantsAFirstSync(String line) {
        Said said = terminal.run(line.split(" ", -1));

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("run 'caravan sync' first");
        assertThat(folder.resolve("caravan.db")).doesNotExist();
    }

    @Test
    void movesACursorForwardOnly() {
        withItems(stores -> stores.cursors().advance(ITEMS, "200"));

        assertThat(terminal.run("cursors", "set", "erp.items", "300").out()).isEqualTo("erp.items stands at 300.\n");
        Said back = terminal.run("cursors", "set", "items", "100");
        assertThat(back.code()).isEqualTo(2);
        assertThat(back.err()).contains("stands at 300, after 100", "caravan cursors reset erp.items");
        assertThat(terminal.run("cursors").out()).contains("erp.items  300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "hash"})
    void anEntityThatListsAllRowsHasNoCursorToSet(String strategy) throws SQLException {
        withItems(stores -> {});
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("caravan.db"));
                PreparedStatement change =
                        connection.prepareStatement("UPDATE caravan_entities SET delta_strategy = ?")) {
            change.setString(1, strategy);
            change.executeUpdate();
        }
        Said said = terminal.run("cursors", "set", "items", "5");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("erp.items lists all rows each time and has no cursor");
    }

    @Test
    void resetsCursorsAndCheckpoints() {
        withItems(stores -> {
            stores.cursors().advance(ITEMS, "200");
            stores.cursors().setCheckpoint(ITEMS, "page 7");
        });

        assertThat(terminal.run("cursors", "reset").code()).isEqualTo(2);
        assertThat(terminal.run("cursors", "reset", "erp.items", "--all").code())
                .isEqualTo(2);
        assertThat(terminal.run("cursors", "reset", "erp.items").out()).isEqualTo("Reset: erp.items.\n");
        assertThat(terminal.run("cursors", "list", "--json").out())
                .contains("\"row_version\" : null", "\"checkpoint\" : null");
    }

    @Test
    void carriesCursorsFromOneStateToAnother() {
        withItems(stores -> stores.cursors().advance(ITEMS, "200"));
        String exported = terminal.run("cursors", "export").out();
        terminal.write("cursors.json", exported);
        terminal.run("cursors", "reset", "--all");

        assertThat(terminal.run("cursors", "import", "cursors.json").out()).isEqualTo("1 cursor taken.\n");
        assertThat(terminal.run("cursors", "export").out()).isEqualTo(exported);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"erp.items\": 7}", "{\"erp.items\"", "{\"erp.nothing\": \"7\"}", ""})
    void refusesAWrongFileOfCursorsWhole(String text) {
        withItems(stores -> stores.cursors().advance(ITEMS, "200"));
        terminal.write("cursors.json", text);

        Said refused = terminal.run("cursors", "import", "cursors.json");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).doesNotContain("Source", "null");
        assertThat(terminal.run("cursors").out()).contains("erp.items  200");
    }

    @Test
    void leavesTheCursorOfAnEntityThatIsBeingSynced() throws SQLException {
        withItems(stores -> {
            stores.cursors().advance(ITEMS, "200");
            stores.locks().acquire(ITEMS, Uids.next());
        });
        giveTheLockToAnotherProcess();
        Said said = terminal.run("cursors", "reset", "erp.items");

        assertThat(said.code()).isEqualTo(8);
        assertThat(said.err()).contains("erp.items is being synced by process");
        assertThat(terminal.run("cursors").out()).contains("200");
    }

    private void giveTheLockToAnotherProcess() throws SQLException {
        ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("caravan.db"));
                PreparedStatement change =
                        connection.prepareStatement("UPDATE caravan_entity_locks SET pid = ?, process_start = ?")) {
            change.setLong(1, other.pid());
            change.setString(2, other.info().startInstant().orElseThrow().toString());
            change.executeUpdate();
        }
    }

    @Test
    void pausesAndResumesASchedule() {
        withItems(stores -> stores.entities().setLastSync(ITEMS, Terminal.NOW));

        assertThat(terminal.run("schedule", "--json").out())
                .contains("\"state\" : \"on\"", "\"every\" : 300.000", "\"due\" : \"2026-03-01T12:05:00Z\"");
        assertThat(terminal.run("schedule", "pause", "erp.items").out()).isEqualTo("Paused: erp.items.\n");
        assertThat(terminal.run("schedule", "--json").out()).contains("\"state\" : \"paused\"", "\"due\" : null");
        assertThat(terminal.run("schedule", "resume", "erp.*").out()).isEqualTo("Resumed: erp.items.\n");
        assertThat(terminal.run("schedule").out()).contains("on");
        assertThat(terminal.run("schedule", "pause", "nothing").code()).isEqualTo(2);
        assertThat(terminal.run("schedule", "pause", "no*").code()).isEqualTo(2);
    }

    @Test
    void letsHeldDeletionsGoOn() {
        withItems(stores -> {});
        assertThat(terminal.run("approve", "deletes", "items").out()).isEqualTo("No deletion of erp.items waits.\n");

        withState(stores -> stores.entities().holdDeletes(ITEMS, 60L));
        assertThat(terminal.run("approve", "deletes", "items").out())
                .isEqualTo("60 deletions of erp.items go on with its next sync.\n");
        withState(stores ->
                assertThat(stores.entities().get(ITEMS).deletesApproved()).isTrue());
    }
}
