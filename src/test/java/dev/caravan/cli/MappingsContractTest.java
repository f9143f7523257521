package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.SandboxRow;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mappings that are saved beside the entity: what becomes of the rows, and what is refused. */
abstract class MappingsContractTest {
    @TempDir
    Path folder = Path.of("");

    private Workshop shop = new Workshop(Path.of(""), "");

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        shop.close();
        shop = new Workshop(folder, freshDatabase(folder));
        shop.publish("things", "hash", 5);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Said well(String... words) {
        Said said = shop.run(words);
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        return said;
    }

    private void refused(String text, String... words) {
        Said said = shop.run(words);
        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(2);
        assertThat(said.out() + said.err()).contains(text);
    }

    @Test
    void aSavedMappingFillsItsColumnWithTheNextFullPassAndIsInTheAuditLog() throws SQLException {
        well("sync");
        well("mappings", "set", "things", "name", "title | upper | concat('/', ID)");
        well("sync", "things", "--full");
        assertThat(shop.one("SELECT title FROM things WHERE \"ID\" = 'T-3'")).isEqualTo("THING 3/T-3");
        assertThat(shop.one("SELECT count(*) FROM things WHERE title IS NULL")).isEqualTo("0");

        well("mappings", "set", "things", "NAME", "title | lower | default('?')");
        shop.sandbox.table("things").update(2, SandboxRow.values("NAME", null));
        well("sync");
        assertThat(shop.one("SELECT title FROM things WHERE \"ID\" = 'T-3'")).isEqualTo("?");
        assertThat(shop.one("SELECT title FROM things WHERE \"ID\" = 'T-4'")).isEqualTo("thing 4");
        assertThat(shop.one("SELECT count(*) FROM " + shop.own("field_mappings")))
                .isEqualTo("1");
        assertThat(shop.one("SELECT default_value FROM " + shop.own("field_mappings")))
                .isEqualTo("?");

        well("mappings", "drop", "things", "name");
        assertThat(well("mappings").out()).isEqualTo("No field is mapped.\n");
        refused("No mapping of name is saved", "mappings", "drop", "things", "name");
        assertThat(shop.one("SELECT count(*) FROM " + shop.own("audit_log") + " WHERE subject = 'erp.things'"))
                .isEqualTo("3");
        assertThat(shop.one("SELECT before FROM " + shop.own("audit_log") + " WHERE action = 'mappings.drop'"))
                .isEqualTo("NAME = title | lower | default('?')");
    }

    @Test
    void theFileWinsForTheFieldsThatItNames() throws SQLException {
        well("sync");
        well("mappings", "set", "things", "NAME", "saved_name | upper");
        well("mappings", "set", "things", "AMOUNT", "price | round(1)");
        shop.with("caravan.connector.erp.entity.things.map.name", "file_name | lower");
        refused("and it wins", "mappings", "set", "things", "NAME", "other");
        well("sync", "things", "--full");
        assertThat(shop.one("SELECT file_name FROM things WHERE \"ID\" = 'T-1'"))
                .isEqualTo("thing 1");
        assertThat(shop.one("SELECT price FROM things WHERE \"ID\" = 'T-1'")).isIn("1.3", "1.30");
        assertThat(well("mappings", "list", "things", "--json").out())
                .contains("\"from\" : \"file\"", "\"from\" : \"saved, but the file wins\"", "\"from\" : \"saved\"");
        assertThat(well("mappings", "check").out()).isEqualTo("3 mappings, all good.\n");
    }

    @Test
    void whatIsWrongIsSaidBeforeItIsSaved() throws SQLException {
        well("sync");
        refused("at character 8: 'tirm' is not a transformation", "mappings", "set", "things", "NAME", "trim | tirm");
        refused("erp.things has no field GONE; there is ID, NAME, AMOUNT", "mappings", "set", "things", "GONE", "x");
        refused("cannot be used here: what comes in is text", "mappings", "set", "things", "NAME", "round(2)");
        refused(
                "the result is date, and the table has a column NAME already",
                "mappings",
                "set",
                "things",
                "NAME",
                "to_date");
        refused("Two columns are called", "mappings", "set", "things", "NAME", "amount");
        refused("'(' is not a regular expression", "mappings", "set", "things", "NAME", "regex('(', '')");
        assertThat(shop.one("SELECT count(*) FROM " + shop.own("field_mappings")))
                .isEqualTo("0");
        assertThat(shop.one("SELECT count(*) FROM " + shop.own("audit_log"))).isEqualTo("0");

        well("mappings", "set", "things", "AMOUNT", "amount_text | concat(' EUR')");
        well("sync", "things", "--full");
        assertThat(shop.one("SELECT amount_text FROM things WHERE \"ID\" = 'T-2'"))
                .isEqualTo("2.25 EUR");
    }

    @Test
    void checkTellsOfEveryWrongMappingOfTheFile() {
        shop.with("caravan.connector.erp.entity.things.map.NAME", "title | tirm")
                .with("caravan.connector.erp.entity.things.map.AMOUNT", "price | range(1)")
                .with("caravan.connector.erp.entity.things.map.ID", "trim");
        for (String[] words : new String[][] {{"mappings", "check"}, {"check", "--offline"}}) {
            Said said = shop.run(words);
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.out() + said.err())
                    .contains(
                            "erp.things: map.NAME: at character 9: 'tirm'",
                            "map.AMOUNT: at character 9: 'range' needs 2")
                    .doesNotContain("map.ID");
        }
    }

    @Test
    void aSavedRuleMakesADeadLetterOfWhatBreaksItAndAPatternWithoutEndToo() throws SQLException {
        well("sync");
        well("mappings", "set", "things", "AMOUNT", "range(0, 1000) | required");
        well("mappings", "set", "things", "NAME", "pattern('(a+)+\\1?[^!]*')");
        shop.sandbox.table("things").update(0, SandboxRow.values("AMOUNT", "5000"));
        shop.sandbox.table("things").update(1, SandboxRow.values("AMOUNT", null));
        shop.sandbox.table("things").update(2, SandboxRow.values("NAME", "a".repeat(38) + "!"));
        assertThat(shop.run("sync", "things", "--full").code()).isEqualTo(3);
        assertThat(shop.one("SELECT count(*) FROM " + shop.own("failed_records") + " WHERE stage = 'VALIDATE'"))
                .isEqualTo("5");
        assertThat(shop.one("SELECT error_message FROM " + shop.own("failed_records")
                        + " WHERE reference = 'things[ID=T-3]'"))
                .contains("does not come to an end");
    }

    @Test
    void aMappingOfTheBusinessKeyIsSavedWithAWarning() {
        shop.publish("things", "hash", 3);
        shop.run("sync");
        Said said = shop.run("mappings", "set", "things", "ID", "ID | lowercase");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("warning: ID is of the business key");
        assertThat(shop.run("mappings", "set", "things", "NAME", "NAME | lowercase")
                        .err())
                .isEmpty();
    }
}
