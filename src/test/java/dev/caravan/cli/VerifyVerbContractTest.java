package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.SandboxRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} as people call it. */
abstract class VerifyVerbContractTest {
    @TempDir
    Path folder = Path.of("");

    abstract String freshDatabase(Path folder);

    @Test
    void tellsWhatIsWrongEndsWithThreeAndMendsIt() throws SQLException {
        try (Workshop shop = new Workshop(folder, freshDatabase(folder))) {
            shop.publish("things", "hash", 25).publish("others", "hash", 5);
            shop.run("sync");
            Said well = shop.run("verify");
            assertThat(well.code()).as(well.err()).isZero();
            assertThat(well.out()).contains("2 entities: 30 rows compared, nothing wrong");
            try (Connection connection = DriverManager.getConnection(shop.database);
                    var statement = connection.createStatement()) {
                statement.execute("UPDATE things SET \"NAME\" = 'Forged' WHERE \"ID\" = 'T-3'");
                statement.execute("DELETE FROM things WHERE \"ID\" = 'T-4'");
            }
            Said wrong = shop.run("verify", "things");
            assertThat(wrong.code()).isEqualTo(3);
            assertThat(wrong.out())
                    .contains("erp.things: different  things[ID=T-3]", "erp.things: missing  things[ID=T-4]")
                    .contains("1 entity: 25 rows compared, 2 wrong; 'caravan verify --repair' mends them");
            assertThat(shop.run("verify", "--json", "things").out())
                    .contains("\"exit_code\" : 3", "\"different\" : 1", "\"finding\" : \"missing\"");
            Said repaired = shop.run("verify", "--repair");
            assertThat(repaired.code()).as(repaired.err()).isZero();
            assertThat(repaired.out()).contains("2 entities: 30 rows compared, 2 wrong, repaired");
            assertThat(shop.run("verify").code()).isZero();
            try (Connection connection = DriverManager.getConnection(shop.database);
                    var statement = connection.createStatement()) {
                statement.execute("UPDATE things SET \"ID\" = 'T-99', _bridge_bk_hash = 'own' WHERE \"ID\" = 'T-5'");
            }
            assertThat(shop.run("verify", "things", "--repair").out())
                    .contains(
                            "erp.things: missing  things[ID=T-5]",
                            "erp.things: extra  things[T-99]",
                            "2 wrong, repaired");
            assertThat(shop.run("runs", "things").out()).contains("verify");
            assertThat(shop.run("verify", "nothing").code()).isEqualTo(2);
        }
    }

    @Test
    void whatTheNextSyncBringsIsNothingWrong() {
        try (Workshop shop = new Workshop(folder, freshDatabase(folder))) {
            shop.publish("things", "rowversion", 3);
            for (int i = 0; i < 3; i++) {
                shop.sandbox.table("things").setVersion(i, "2025010100000" + i);
            }
            shop.run("sync");
            shop.sandbox.table("things").update(1, SandboxRow.values("NAME", "Renamed"));
            Said said = shop.run("verify");
            assertThat(said.code()).as(said.err()).isZero();
            assertThat(said.out()).contains("3 rows compared, 1 changed since the last sync, nothing wrong");
        }
    }

    @Test
    void theReportIsADocumentAsTextJsonOrHtml() throws SQLException, IOException {
        try (Workshop shop = new Workshop(folder, freshDatabase(folder))) {
            shop.publish("things", "hash", 5);
            shop.run("sync");
            try (Connection connection = DriverManager.getConnection(shop.database);
                    var statement = connection.createStatement()) {
                statement.execute("UPDATE things SET \"NAME\" = 'Forged' WHERE \"ID\" = 'T-3'");
                statement.execute("DELETE FROM things WHERE \"ID\" = 'T-4'");
            }
            Said html = shop.run("verify", "--format", "html", "--output", "quality.html");
            assertThat(html.code()).as(html.err()).isEqualTo(3);
            assertThat(html.out()).contains("Wrote ", "quality.html");
            assertThat(Files.readString(folder.resolve("quality.html")))
                    .startsWith("<!DOCTYPE html>")
                    .contains(
                            "<h1>Data quality</h1>",
                            "erp.things: different  things[ID=T-3]",
                            "5 rows compared, 2 wrong")
                    .doesNotContain("<script", "http://", "https://");
            assertThat(shop.run("verify", "--format", "json").out())
                    .startsWith("{")
                    .contains("\"exit_code\" : 3", "\"different\" : 1", "\"missing\" : 1");
            assertThat(shop.run("verify", "--output", "quality.txt").code()).isEqualTo(3);
            assertThat(Files.readString(folder.resolve("quality.txt")))
                    .contains("erp.things: missing  things[ID=T-4]", "5 rows compared, 2 wrong");
        }
    }
}
