package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossChecksTest {
    @TempDir
    Path folder;

    private ConfigurationFolder in() {
        return new ConfigurationFolder(folder);
    }

    private static String[] two(String... more) {
        String[] lines = new String[6 + more.length];
        String[] names = {"a", "b"};
        for (int i = 0; i < 2; i++) {
            lines[i * 3] = "caravan.connector." + names[i] + ".type = apismith";
            lines[i * 3 + 1] = "caravan.connector." + names[i] + ".url = http://" + names[i];
            lines[i * 3 + 2] = "caravan.connector." + names[i] + ".token = x";
        }
        System.arraycopy(more, 0, lines, 6, more.length);
        return lines;
    }

    @Test
    void refusesTwoEntitiesThatNameOneTable() {
        assertThat(in().problemsOf(two(
                        "caravan.connector.a.entity.items.target-table = parts",
                        "caravan.connector.b.entity.things.target-table = PARTS")))
                .containsExactly("line 8: caravan.connector.b.entity.things.target-table: the table PARTS is already"
                        + " that of a.items; give one of them another");
    }

    @Test
    void refusesTwoEntitiesOfOneNameInOneDatabase() {
        assertThat(in().problemsOf(two("caravan.connector.a.entities = items", "caravan.connector.b.entities = items")))
                .singleElement()
                .asString()
                .contains("the table items is already that of a.items");
    }

    @Test
    void letsEntitiesOfOneNameBeWhenTheirTablesDiffer() {
        assertThat(in().problemsOf(two(
                        "caravan.connector.a.entities = items",
                        "caravan.connector.b.entities = items",
                        "caravan.connector.b.table-prefix = b_")))
                .isEmpty();
    }

    @Test
    void looksAtTheSchemaInPostgresOnly() {
        String[] lines = {
            "caravan.connector.a.entities = items",
            "caravan.connector.b.entities = items",
            "caravan.connector.b.schema = other"
        };

        assertThat(in().problemsOf(two(lines))).hasSize(1);
        assertThat(in().problemsOf(
                                two(lines[0], lines[1], lines[2], "caravan.database.url = jdbc:postgresql://db/erp")))
                .isEmpty();
    }

    @Test
    void looksAtTheDatabaseOfEachConnector() {
        assertThat(in().problemsOf(two(
                        "caravan.connector.a.entities = items",
                        "caravan.connector.b.entities = items",
                        "caravan.connector.b.database = other",
                        "caravan.database.other.url = jdbc:sqlite:other.db")))
                .isEmpty();
    }

    @Test
    void leavesEntitiesAloneThatAreSwitchedOff() {
        assertThat(in().problemsOf(two(
                        "caravan.connector.a.entities = items",
                        "caravan.connector.b.entities = items",
                        "caravan.connector.b.entity.items.enabled = false")))
                .isEmpty();
    }

    @Test
    void namesTheDatabasesThereAre() {
        assertThat(in().problemsOfErp(
                                "caravan.connector.erp.database = archiv",
                                "caravan.database.archive.url = jdbc:sqlite:archive.db"))
                .containsExactly("line 4: caravan.connector.erp.database: 'archiv' is not a database;"
                        + " there is archive; did you mean archive?");
    }

    @Test
    void letsAnEntityGoToARestTarget() {
        assertThat(in().problemsOfErp(
                                "caravan.connector.hub.type = schedulehub",
                                "caravan.connector.hub.url = http://hub",
                                "caravan.connector.hub.username = me",
                                "caravan.connector.hub.password = pw",
                                "caravan.connector.erp.entity.items.target = hub"))
                .isEmpty();
    }
}
