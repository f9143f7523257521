package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.testing.FakeClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables that hold versions: their names, whose they are, and how they follow the tables of the rows. */
abstract class VersionTablesContractTest extends HouseContract {
    private static final String HISTORY = "caravan.connector.erp.entity.things.history";

    private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T12:00:00Z"));

    @BeforeEach
    void keepVersions() {
        house.clock(clock).with(HISTORY, "true");
    }

    private void sync() throws SQLException {
        clock.advance(Duration.ofMinutes(1));
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.stored()).isEqualTo(house.source());
        VersionLaws.hold(house, "things", "\"ID\"", "a sync");
    }

    private SandboxTable things() {
        return house.sandbox.table("things");
    }

    @Test
    void columnsThatAreAddedWidenedAndGoneAreFollowed() throws SQLException {
        SandboxColumn id = SandboxColumn.text("ID", 20).key();
        house.sandbox.publish(
                SandboxApi.of("things", "hash", id, SandboxColumn.text("NAME", 40), SandboxColumn.number("SIZE", 9, 0)),
                List.of(SandboxRow.values("ID", "A", "NAME", "a", "SIZE", 1)));
        house.sync();
        house.sandbox.publish(
                SandboxApi.of(
                        "things", "hash", id, SandboxColumn.number("SIZE", 30, 10), SandboxColumn.text("VALID_TO", 20)),
                List.of(SandboxRow.values("ID", "A", "SIZE", "1.5", "VALID_TO", "ever")));
        clock.advance(Duration.ofMinutes(1));
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.rows("SELECT \"NAME\", \"SIZE\", \"VALID_TO\" FROM things_history WHERE"
                        + " _bridge_valid_to IS NULL"))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row).contains("a", "ever"));
        assertThat(house.one("SELECT \"SIZE\" FROM things_history WHERE _bridge_valid_to IS NULL"))
                .startsWith("1.5");
        assertThat(house.one("SELECT \"SIZE\" FROM things_history WHERE _bridge_valid_to IS NOT NULL"))
                .startsWith("1")
                .doesNotContain("5");
    }

    @Test
    void aTableOfThatNameThatIsSomebodyElsesIsRefusedAndStaysAsItIs() throws SQLException {
        house.things(5, "hash");
        house.execute("CREATE TABLE things_history (id integer, valid_from text, valid_to text)");
        assertThatThrownBy(() -> house.sync())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("things_history")
                .hasMessageContaining("history = true");
        assertThat(house.columnNames("SELECT * FROM things_history")).hasSize(3);
    }

    @Test
    void twoNewEntitiesWithOneTableAreRefusedAndNeitherIsMade() throws SQLException {
        house.things(5, "hash").with("caravan.connector.erp.entity.other.target-table", "THIRD");
        for (String slug : List.of("other", "third")) {
            house.sandbox.publish(
                    SandboxApi.of(slug, "hash", SandboxColumn.text("ID", 20).key()), List.of());
        }
        assertThatThrownBy(() -> house.sync())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("would share the table")
                .hasMessageContaining("erp.third")
                .hasMessageContaining("erp.other")
                .hasMessageContaining("target-table");
        assertThat(house.one("SELECT count(*) FROM " + house.own("entities"))).isEqualTo("0");
    }

    @Test
    void anEntityWhoseTableWouldBeTheVersionsOfAnotherIsRefused() throws SQLException {
        house.things(5, "hash");
        sync();
        house.sandbox.publish(
                SandboxApi.of(
                        "things_history", "hash", SandboxColumn.text("ID", 20).key()),
                List.of());
        assertThatThrownBy(() -> house.sync())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("things_history")
                .hasMessageContaining("share");
        house.restart();
        house.with(HISTORY, "false");
        assertThatThrownBy(() -> house.sync())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("was not made by Caravan");
    }

    @Test
    void aNameOfSixtyThreeBytesAndColumnsWithHostileNamesHaveVersions() throws SQLException {
        String table = "t".repeat(63);
        house.with("caravan.connector.erp.entity.things.target-table", table);
        house.sandbox.publish(
                SandboxApi.of(
                        "things",
                        "hash",
                        SandboxColumn.text("\"; DROP TABLE x; --", 20).key(),
                        SandboxColumn.text("question?mark", 20),
                        SandboxColumn.text(":#named", 20),
                        SandboxColumn.text("select", 20),
                        SandboxColumn.text("ä".repeat(40), 20)),
                List.of(SandboxRow.values(
                        "\"; DROP TABLE x; --", "1", "question?mark", "?", ":#named", ":", "select", "s")));
        house.sync();
        things().update(0, SandboxRow.values("select", "t"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(house.sync().status()).isEqualTo("completed");
        String found = house.one(
                house.isSqlite()
                        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'ttt%history'"
                        : "SELECT tablename FROM pg_tables WHERE tablename LIKE 'ttt%history'");
        assertThat(found).hasSize(63);
        assertThat(house.rows("SELECT \"select\", valid_to FROM " + found + " ORDER BY valid_from"))
                .extracting(row -> row.get(0))
                .containsExactly("s", "t");
    }

    @Test
    void anotherKeyPutsTheVersionsAsideTogetherWithTheTable() throws SQLException {
        house.things(5, "hash");
        sync();
        house.sandbox.publish(
                SandboxApi.of(
                        "things",
                        "hash",
                        SandboxColumn.text("ID", 20),
                        SandboxColumn.text("NAME", 40).key()),
                List.of(SandboxRow.values("ID", "A", "NAME", "a")));
        clock.advance(Duration.ofMinutes(1));
        house.sync();
        house.engine()
                .stores()
                .schemas()
                .newest(house.engine()
                        .stores()
                        .entities()
                        .find("things")
                        .orElseThrow()
                        .uid())
                .ifPresent(version -> house.engine().stores().schemas().decide(version.uid(), "approved", "test"));
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.one("SELECT count(*) FROM things_history_until_1")).isEqualTo("5");
        assertThat(house.one("SELECT count(*) FROM things_history")).isEqualTo("1");
    }
}
