package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.EntityRecord;
import dev.caravan.route.Verify;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** History of rows that begins late, is mended, or meets an odd clock, on each database. */
abstract class VersionsTurnedOnContractTest extends VersionsHouseContract {
    private void repair() {
        EntityRecord things = house.engine().stores().entities().find("things").orElseThrow();
        clock.advance(Duration.ofMinutes(1));
        assertThat(Verifying.verify(house.engine(), new Verify(things.name(), true, false, report -> {}), () -> null)
                        .outcome()
                        .status())
                .isEqualTo("completed");
    }

    @Test
    void whatSomebodyChangedOrTookAwayByHandIsMendedWithItsVersions() throws SQLException {
        house.things(12, "hash");
        sync();
        house.execute(
                "DELETE FROM things WHERE \"ID\" = 'T-3'",
                "DELETE FROM things WHERE \"ID\" = 'T-5'",
                "UPDATE things SET \"NAME\" = 'Forged' WHERE \"ID\" = 'T-4'");
        things().delete(4);
        repair();
        assertThat(house.stored()).isEqualTo(house.source());
        VersionLaws.hold(house, "things", "\"ID\"", "a repair");
        assertThat(versions("T-3")).isEqualTo("Thing 3 01-02, Thing 3 02-");
        assertThat(versions("T-4")).isEqualTo("Thing 4 01-");
        assertThat(versions("T-5")).isEqualTo("Thing 5 01-02");
    }

    @Test
    void turnedOnLaterTheRowsThatAreThereAreTheFirstVersionsAndTurnedOffForAWhileItGoesOn() throws SQLException {
        house.with(HISTORY, "false").things(12, "rowversion");
        clock.advance(Duration.ofMinutes(1));
        house.sync();
        house.restart();
        house.with(HISTORY, "true");
        sync();
        assertThat(versions()).isEqualTo(12);
        assertThat(versions("T-1")).isEqualTo("Thing 1 02-");

        house.restart();
        house.with(HISTORY, "false");
        things().update(0, SandboxRow.values("NAME", "Unseen"));
        things().insert(House.thing(13));
        clock.advance(Duration.ofMinutes(1));
        house.sync();
        assertThat(versions()).isEqualTo(12);
        house.restart();
        house.with(HISTORY, "true");
        sync();
        assertThat(versions("T-1")).isEqualTo("Thing 1 02-04, Unseen 04-");
        assertThat(versions()).isEqualTo(14);
    }

    @Test
    void aClockThatIsPutBackMakesNoVersionsThatOverlap() throws SQLException {
        house.things(5, "hash");
        sync();
        clock.advance(Duration.ofMinutes(-30));
        things().update(0, SandboxRow.values("NAME", "One"));
        sync();
        things().update(0, SandboxRow.values("NAME", "Two"));
        sync();
        clock.advance(Duration.ofMinutes(40));
        things().update(0, SandboxRow.values("NAME", "Three"));
        sync();
        assertThat(house.one("SELECT \"NAME\" FROM things_history WHERE \"ID\" = 'T-1' AND valid_to IS NULL"))
                .isEqualTo("Three");
        assertThat(house.one("SELECT count(*) FROM things_history WHERE \"ID\" = 'T-1'"))
                .isEqualTo("4");
    }

    @Test
    void theDocumentedQueriesSayWhatThereWas() throws SQLException, IOException {
        house.with("caravan.connector.erp.entity.items.history", "true");
        house.sandbox.publish(
                SandboxApi.of(
                        "items",
                        "hash",
                        SandboxColumn.text("PART_NO", 20).key(),
                        SandboxColumn.text("DESCRIPTION", 40)),
                List.of(
                        SandboxRow.values("PART_NO", "A-1", "DESCRIPTION", "Bolt"),
                        SandboxRow.values("PART_NO", "A-2", "DESCRIPTION", "Nut"),
                        SandboxRow.values("PART_NO", "A-3", "DESCRIPTION", "Washer")));
        Kinsfolk kin = new Kinsfolk(house);
        clock.advance(Duration.ofMinutes(1));
        kin.sync("items");
        clock.advance(Duration.ofMinutes(1));
        kin.table("items").update(1, SandboxRow.values("DESCRIPTION", "Nut M8"));
        kin.table("items").delete(0);
        kin.sync("items");
        clock.advance(Duration.ofMinutes(1));
        kin.table("items").update(0, SandboxRow.values("DESCRIPTION", "Nut M10"));
        kin.table("items").delete(1);
        kin.sync("items");

        List<String> queries = sqlOf(Files.readString(Path.of("docs/history.md")));
        assertThat(house.rows(queries.get(0))).containsExactly(List.of("A-2", "Nut M8"), List.of("A-3", "Washer"));
        assertThat(house.rows(queries.get(1)))
                .extracting(row -> row.get(0) + " " + minute(row.get(1)) + "-" + minute(row.get(2)))
                .containsExactly("Nut 01-02", "Nut M8 02-03", "Nut M10 03-");
        assertThat(queries).hasSize(2);
    }

    private static List<String> sqlOf(String page) {
        List<String> queries = new ArrayList<>();
        Matcher block = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL).matcher(page);
        while (block.find()) {
            queries.add(block.group(1).replace(";", ""));
        }
        return queries;
    }
}
