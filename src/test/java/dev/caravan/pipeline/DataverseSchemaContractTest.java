package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.TableLink;
import dev.caravan.sandbox.RequestLog;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.testing.FakeClock;
import dev.caravan.testing.TestData;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of an environment's schema, whatever the database: foreign keys, lengths, what is gone. */
abstract class DataverseSchemaContractTest extends DataverseHouseContract {
    private void business() {
        DataverseBusiness.publish(house.sandbox, DataverseBusiness.Size.small());
        house.with("tables", "*").with("page-size", "500");
        house.discover();
    }

    private List<TableLink> links(String set) {
        String uid = house.engine().stores().entities().find(set).orElseThrow().uid();
        return house.engine().stores().schemas().links(uid);
    }

    @Test
    void foreignKeysAreKeptWithHowTheyWereFound() throws SQLException {
        business();

        assertThat(links("vin_products"))
                .contains(
                        new TableLink("_vin_wineryid_value", "vin_wineries", "vin_wineryid", "navigation"),
                        new TableLink("_ownerid_value", "systemusers", "systemuserid", "navigation"),
                        new TableLink("_ownerid_value", "teams", "teamid", "navigation"));
        assertThat(links("vin_vin_candidate_accountset"))
                .containsExactlyInAnyOrder(
                        new TableLink("accountid", "accounts", "accountid", "link"),
                        new TableLink("vin_candidateid", "vin_candidates", "vin_candidateid", "link"));
        assertThat(house.one("SELECT foreign_keys FROM " + house.own("schema_versions") + " WHERE foreign_keys LIKE"
                        + " '%vin_wineryid%' AND foreign_keys LIKE '%\"found\":\"navigation\"%'"))
                .isNotNull();
    }

    @Test
    void withoutDefinitionsTheNamesOfColumnsSayWhereAJunctionLeads() {
        house.sandbox.switches().definitions(false);
        business();

        assertThat(links("vin_vin_candidate_accountset"))
                .contains(new TableLink("accountid", "accounts", "accountid", "id name"));
    }

    @Test
    void foreignKeysOfARealEnvironmentAreKept() throws IOException {
        try (InputStream real = TestData.open("csdl/embc-ess-2022-10-27.xml.gz")) {
            house.sandbox.setMetadata(real.readAllBytes());
        }
        house.with("tables", "accounts, contact, teammemberships, era_evacueesupports");
        house.discover();

        assertThat(links("contacts"))
                .contains(
                        new TableLink("_parentcustomerid_value", "accounts", "accountid", "navigation"),
                        new TableLink("_parentcustomerid_value", "contacts", "contactid", "navigation"),
                        new TableLink("_ownerid_value", "systemusers", "systemuserid", "navigation"));
        assertThat(links("teammemberships"))
                .containsExactlyInAnyOrder(
                        new TableLink("systemuserid", "systemusers", "systemuserid", "id name"),
                        new TableLink("teamid", "teams", "teamid", "id name"));
        assertThat(links("era_evacueesupports")).isNotEmpty();
    }

    private List<String> definitionsAsked() {
        return house.sandbox.log().entries().stream()
                .map(RequestLog.Entry::path)
                .filter(path -> path.endsWith("/Attributes") || path.contains("/RelationshipDefinitions"))
                .toList();
    }

    @Test
    void definitionsOfColumnsAreAskedForOnceAndAgainWhenTheyAreOld() {
        FakeClock clock = new FakeClock(Instant.now());
        house.setClock(clock);
        business();
        assertThat(definitionsAsked()).hasSize(24);
        house.sandbox.forgetRequests();
        house.discover();
        assertThat(definitionsAsked()).isEmpty();
        clock.advance(Duration.ofMinutes(61));
        assertThat(house.discover()).isEmpty();
        assertThat(definitionsAsked()).hasSize(24);
    }

    @Test
    void aLengthThatGrowsOrShrinksIsToldAndStopsNothing() throws SQLException {
        FakeClock clock = new FakeClock(Instant.now());
        house.setClock(clock);
        business();
        DataverseTable wineries = house.sandbox.table("vin_wineries");
        int length = wineries.description()
                .column("vin_name")
                .map(DataverseColumn::length)
                .orElseThrow();
        assertThat(house.one("SELECT columns FROM " + house.own("entities") + " WHERE slug = 'vin_wineries'"))
                .contains("Edm.String String(" + length + ")");

        wineries.retype(DataverseColumn.text("vin_name", 20));
        clock.advance(Duration.ofHours(2));
        assertThat(house.discover())
                .containsExactly("crm.vin_wineries: vin_name may be entered with 20 now, less than " + length);
        wineries.retype(DataverseColumn.text("vin_name", 400));
        clock.advance(Duration.ofHours(2));
        assertThat(house.discover())
                .containsExactly("crm.vin_wineries: vin_name may be entered with 400 now, more than 20");
        assertThat(house.syncAll(false))
                .extractingByKey("vin_wineries")
                .satisfies(outcome -> assertThat(outcome.status()).isEqualTo("completed"));
    }

    @Test
    void aTableThatHasGoneIsToldOfAndComesBack() throws SQLException {
        business();
        house.sandbox.table("vin_wineries").drop(true);
        assertThat(house.discover())
                .containsExactly("crm.vin_wineries: gone from the source; disabled, its table stays");
        assertThat(house.one("SELECT last_sync_status FROM " + house.own("entities") + " WHERE slug = 'vin_wineries'"))
                .isEqualTo("gone");
        Map<String, ?> others = house.syncAll(false);
        assertThat(others).hasSize(22).doesNotContainKey("vin_wineries");

        house.sandbox.table("vin_wineries").drop(false);
        assertThat(house.syncAll(false)).containsKey("vin_wineries");
        assertThat(house.stored("vin_wineries")).isEqualTo(house.source("vin_wineries"));
    }
}
