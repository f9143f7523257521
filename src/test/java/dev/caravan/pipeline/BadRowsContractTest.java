package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.sandbox.ScheduleHubSandbox;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bad row in a batch of a thousand is alone in the dead letters; the others are stored, once. */
abstract class BadRowsContractTest extends HouseContract {
    private static final int ROWS = 1000;

    @BeforeEach
    void mapInPatternsWithoutEnd() {
        house.with("caravan.connector.erp.page-size", "1000")
                .with("caravan.connector.erp.entity.things.map.NAME", "NAME | regex('(x+)+\\1?$', 'z')");
    }

    /** Where a row fails. */
    enum At {
        PARSER("NORMALISE"),
        TRANSFORMATION("MAP"),
        RULE("VALIDATE"),
        TARGET("INGEST");

        private final String stage;

        At(String stage) {
            this.stage = stage;
        }

        /** What is wrong with the row there; for the target it is the name that it refuses. */
        private Map<String, @Nullable Object> spoilt() {
            return switch (this) {
                case PARSER -> SandboxRow.values("AMOUNT", "much");
                case TRANSFORMATION -> SandboxRow.values("NAME", "x".repeat(38) + "!");
                case RULE -> SandboxRow.values("AMOUNT", "12345678901.25");
                case TARGET -> SandboxRow.values("NAME", "Forbidden");
            };
        }
    }

    private void refuseForbidden() throws SQLException {
        ScheduleHubSandbox hub = house.hub();
        if (hub != null) {
            hub.refuse("things", record -> "Forbidden".equals(record.get("NAME")), "Forbidden is not a name");
            return;
        }
        house.execute(
                house.isSqlite()
                        ? "CREATE TRIGGER refuse BEFORE INSERT ON things WHEN NEW.\"NAME\" = 'Forbidden'"
                                + " BEGIN SELECT RAISE(ABORT, 'not this'); END"
                        : "ALTER TABLE things ADD CONSTRAINT refuse CHECK (\"NAME\" <> 'Forbidden')");
        if (house.isSqlite()) {
            house.execute("CREATE TRIGGER refuse_change BEFORE UPDATE ON things WHEN NEW.\"NAME\" = 'Forbidden'"
                    + " BEGIN SELECT RAISE(ABORT, 'not this'); END");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PARSER, 0", "PARSER, 500", "PARSER, 999",
        "TRANSFORMATION, 0", "TRANSFORMATION, 500", "TRANSFORMATION, 999",
        "RULE, 0", "RULE, 500", "RULE, 999",
        "TARGET, 0", "TARGET, 500", "TARGET, 999"
    })
    void oneBadRowInAThousandIsAloneInTheDeadLetters(At at, int place) throws SQLException {
        house.things(ROWS, "hash");
        SandboxTable things = house.sandbox.table("things");
        SandboxRow good = things.row(place);
        things.update(place, at.spoilt());
        house.discover();
        refuseForbidden();
        expectAlone(house.syncDiscovered(false), at, place, "inserted");
        Outcome again = house.sync();
        assertThat(again.counts().skipped()).isEqualTo(ROWS - 1);
        assertThat(again.newDeadLetters()).isZero();
        assertThat(letters()).hasSize(1);

        things.update(place, SandboxRow.values("NAME", good.value("NAME"), "AMOUNT", good.value("AMOUNT")));
        assertThat(house.sync().counts().inserted()).isEqualTo(1);
        Laws.hold(house, "the row was corrected");

        for (int i = 0; i < ROWS; i++) {
            things.update(i, SandboxRow.values("NAME", "New " + i));
        }
        things.update(place, at.spoilt());
        expectAlone(house.sync(), at, place, "updated");
        things.update(place, SandboxRow.values("NAME", "Good", "AMOUNT", "1.25"));
        assertThat(house.sync().counts().updated()).isEqualTo(1);
        Laws.hold(house, "the row was corrected again");
    }

    private void expectAlone(Outcome outcome, At at, int place, String others) throws SQLException {
        assertThat(outcome.status()).as("%s", outcome.message()).isEqualTo("completed");
        assertThat(outcome.counts().failed()).isEqualTo(1);
        assertThat(
                        others.equals("inserted")
                                ? outcome.counts().inserted()
                                : outcome.counts().updated())
                .isEqualTo(ROWS - 1);
        assertThat(letters()).isEqualTo(List.of(List.of(at.stage, "things[ID=T-" + (place + 1) + "]")));
        Map<String, String> expected = house.source();
        Map<String, String> stored = house.stored();
        expected.remove("T-" + (place + 1));
        stored.remove("T-" + (place + 1));
        assertThat(stored).isEqualTo(expected);
    }

    private List<List<@Nullable String>> letters() throws SQLException {
        return house.rows("SELECT stage, reference FROM " + house.own("failed_records"));
    }
}
