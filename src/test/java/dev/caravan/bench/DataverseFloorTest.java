package dev.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The floor brings every record of every table, or its figures would say nothing. */
class DataverseFloorTest {
    private final DataverseSandbox sandbox = DataverseSandbox.start(0);

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        sandbox.close();
    }

    private String database() {
        return "jdbc:sqlite:" + folder.resolve("floor.db");
    }

    private JsonNode load(String... more) throws IOException, InterruptedException, SQLException {
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small().withRecords(460));
        String[] arguments = more.length == 0
                ? new String[] {sandbox.url(), database()}
                : new String[] {sandbox.url(), database(), more[0]};
        return new ObjectMapper().readTree(DataverseFloor.run(arguments));
    }

    private int count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void everyRecordOfEveryTableArrives() throws IOException, InterruptedException, SQLException {
        JsonNode figures = load();
        assertThat(figures.path("floor").asText()).isEqualTo("plain");
        assertThat(figures.path("requests").asInt())
                .isGreaterThanOrEqualTo(sandbox.entitySets().size());
        assertThat(sandbox.entitySets()).hasSize(23);
        for (String set : sandbox.entitySets()) {
            assertThat(count("SELECT count(*) FROM floor_" + set))
                    .as(set)
                    .isEqualTo(sandbox.table(set).size());
        }
        assertThat(count("SELECT count(*) FROM sqlite_master WHERE type = 'index'"))
                .isZero();
    }

    @Test
    void theRecordIsThereAsItCameUnlessOnlyValuesAreWanted() throws IOException, InterruptedException, SQLException {
        String columns = "SELECT count(*) FROM pragma_table_info('floor_accounts') WHERE name = 'json_response'";
        assertThat(load("--values-only").path("floor").asText()).isEqualTo("values-only");
        assertThat(count(columns)).isZero();
        assertThat(count("SELECT count(*) FROM floor_accounts"))
                .isEqualTo(sandbox.table("accounts").size());
        Files.delete(folder.resolve("floor.db"));
        DataverseFloor.run(sandbox.url(), database());
        assertThat(count("SELECT count(*) FROM floor_accounts WHERE json_extract(json_response, '$.name') = name"))
                .isEqualTo(sandbox.table("accounts").size());
    }

    @Test
    void thePagesAreThoseThatCaravanFetches() throws IOException, InterruptedException, SQLException {
        load();
        String type = "json_extract(json_response, '$.\"_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\"')";
        assertThat(count("SELECT count(*) FROM floor_accounts WHERE " + type + " IN ('systemuser', 'team')"))
                .isEqualTo(sandbox.table("accounts").size());
        assertThat(count("SELECT count(*) FROM pragma_table_info('floor_accounts') WHERE name LIKE '%_@%'"))
                .as("columns of annotations")
                .isZero();
        assertThat(count("SELECT count(*) FROM floor_accounts WHERE json_extract(json_response, '$.name') = name"))
                .isEqualTo(sandbox.table("accounts").size());
    }

    @Test
    void theSameTableHasTheRecordAsItCameAndTheIndexes() throws IOException, InterruptedException, SQLException {
        assertThat(load("--same-table").path("floor").asText()).isEqualTo("same-table");
        String record = "json_extract(json_response, '$.accountid') = accountid"
                + " AND json_extract(json_response, '$.name') = name AND substr(json_response, -1) = '}'";
        assertThat(count("SELECT count(*) FROM floor_accounts WHERE " + record))
                .isEqualTo(sandbox.table("accounts").size());
        assertThat(count("SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'floor_accounts'"))
                .isEqualTo(3);
    }

    @Test
    void whatItCannotUseIsRefused() {
        assertThatThrownBy(() -> DataverseFloor.run("--same-table")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DataverseFloor.run(sandbox.url() + "/nowhere", database()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Status");
    }
}
