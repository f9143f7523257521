package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the verbs say of a Dataverse: its foreign keys, its changed schema, its plans. */
abstract class DataverseSchemaVerbsContractTest extends DataverseShopContract {
    @Override
    @BeforeEach
    void open() {
        super.open();
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
        crm("tables", "vin_wineries, vin_products");
        crm("page-size", "500");
    }

    private void sync() {
        Said said = shop.run("sync", "--quiet");
        assertThat(said.code()).as(said.out() + said.err()).isZero();
    }

    @Test
    void showsForeignKeysWithWhatTheyLeadToAndHowTheyWereFound() {
        assertThat(shop.run("schema", "keys").out()).contains("No foreign key is known.");
        sync();

        assertThat(shop.run("schema", "keys", "vin_products").out())
                .containsPattern("crm.vin_products +_vin_wineryid_value +vin_wineries +vin_wineryid +navigation +yes")
                .containsPattern("crm.vin_products +_ownerid_value +teams +teamid +navigation +no")
                .doesNotContain("crm.vin_wineries ");
        assertThat(shop.run("schema", "keys", "--json").out())
                .contains("\"column\" : \"_vin_parentproductid_value\"", "\"found\" : \"navigation\"");
    }

    private static String html(Said said) {
        assertThat(said.code()).as(said.err()).isZero();
        return said.out();
    }

    @Test
    void showsDifferencesAsTextJsonAndAPage() throws IOException, SQLException {
        sync();
        assertThat(shop.run("schema", "diff").out()).contains("No schema change waits");
        sandbox.table("vin_products").addColumn(DataverseColumn.text("vin_new", 20));
        sandbox.table("vin_products").removeColumn("vin_vintage");
        sandbox.table("vin_wineries").drop(true);
        shop.execute("CREATE TABLE somebodys (id INTEGER)");
        shop.run("sync", "--quiet");

        assertThat(shop.run("schema", "diff").out())
                .containsPattern("crm.vin_products +info +open +vin_new +vin_new added as text +vin_products")
                .containsPattern("crm.vin_products +error +open +vin_vintage +vin_vintage vanished")
                .containsPattern("crm.vin_wineries +error +the table is gone from the source")
                .containsPattern("warning +no entity explains this table +somebodys");
        assertThat(shop.run("schema", "diff", "--format", "json").out())
                .isEqualTo(shop.run("schema", "diff", "--json").out())
                .contains("\"level\" : \"error\"", "\"column\" : \"vin_vintage\"");
        assertThat(html(shop.run("schema", "diff", "--format", "html")))
                .contains("vin_new", "<tr class=\"differs\"><td>vin_vintage", "somebodys")
                .doesNotContain("<script");
        assertThat(shop.run("schema", "diff", "--format", "html", "--output", "report.html")
                        .code())
                .isZero();
        assertThat(Files.readString(folder.resolve("report.html"))).endsWith("</html>\n");
    }

    private void countStates(String filter, long wanted) throws SQLException {
        assertThat(shop.one("SELECT count(*) FROM vin_wineries WHERE _deleted_at IS NULL AND " + filter))
                .isEqualTo(Long.toString(wanted));
    }

    @Test
    void aChangedFilterWaitsUntilItsPlanIsApproved() throws SQLException {
        DataverseTable wineries = sandbox.table("vin_wineries");
        List<String> keys = wineries.keys(50);
        keys.forEach(key -> wineries.set(key, "statecode", keys.indexOf(key) < 5 ? 1 : 0));
        int open = keys.size() - 5;
        shop.with("caravan.connector.crm.table.vin_wineries.filter", "statecode eq 0");
        sync();
        countStates("statecode = 0", open);
        wineries.set(keys.get(7), "vin_name", "Changed while the plan is open");

        shop.with("caravan.connector.crm.table.vin_wineries.filter", "statecode eq 1");
        Said stopped = shop.run("sync");
        assertThat(stopped.code()).isEqualTo(7);
        assertThat(stopped.err())
                .contains("filter was 'statecode eq 0' and is 'statecode eq 1'; of " + open + " rows " + open
                        + " would leave and 5 would come");
        assertThat(stopped.err()).doesNotContain("crm.vin_wineries: crm.vin_wineries");
        assertThat(stopped.out()).contains("plan open").containsPattern("crm.vin_products +completed");
        countStates("statecode = 0", open);
        assertThat(shop.run("status").out()).contains("plan open");
        assertThat(shop.run("approve", "plan", "vin_wineries", "--show").out()).contains("5 would come.");
        assertThat(shop.run("sync").code()).isEqualTo(7);

        assertThat(shop.run("approve", "plan", "vin_wineries").out()).contains("it is done with its next sync");
        sync();
        countStates("statecode = 0", 0);
        countStates("statecode = 1", 5);
        assertThat(shop.run("approve", "plan", "vin_wineries").out()).contains("No plan of crm.vin_wineries waits.");
        assertThat(shop.one("SELECT count(*) FROM vin_wineries")).isEqualTo(Integer.toString(keys.size()));
        sync();
        countStates("statecode = 1", 5);
    }

    @Test
    void aChangeThatIsTakenBackIsNoPlan() {
        sync();
        shop.with("caravan.connector.crm.table.vin_wineries.filter", "statecode eq 1");
        assertThat(shop.run("sync").code()).isEqualTo(7);
        shop.without("caravan.connector.crm.table.vin_wineries.filter");
        Said back = shop.run("sync");
        assertThat(back.code()).isZero();
        assertThat(back.err()).contains("the plan is withdrawn");
    }

    @Test
    void aTableThatIsToHoldLinkedRowsOnlyWaitsForItsPlan() throws SQLException {
        shop.with("caravan.connector.crm.tables", "accounts, vin_vin_candidate_accountset");
        sync();
        assertThat(shop.one("SELECT count(*) FROM accounts")).isEqualTo("60");
        sandbox.table("accounts").set(sandbox.table("accounts").keys(1).get(0), "name", "Changed meanwhile");

        shop.with("caravan.connector.crm.table.accounts.only-linked-from", "vin_vin_candidate_accountset.accountid");
        Said stopped = shop.run("sync");
        assertThat(stopped.code()).isEqualTo(7);
        assertThat(stopped.err()).contains("of 60 rows 40 would leave and 0 would come");
        assertThat(shop.run("approve", "plan", "accounts").code()).isZero();
        sync();
        assertThat(shop.one("SELECT count(*) FROM accounts WHERE _deleted_at IS NULL"))
                .isEqualTo("20");
        String first = sandbox.table("accounts").keys(1).get(0);
        assertThat(shop.one("SELECT name FROM accounts WHERE accountid = '" + first + "' AND _deleted_at IS NULL"))
                .isIn("Changed meanwhile", null);

        shop.without("caravan.connector.crm.table.accounts.only-linked-from");
        assertThat(shop.run("sync").err()).contains("of 20 rows 0 would leave and 40 would come");
        assertThat(shop.run("approve", "plan", "accounts").code()).isZero();
        sync();
        assertThat(shop.one("SELECT count(*) FROM accounts WHERE _deleted_at IS NULL"))
                .isEqualTo("60");
    }

    @Test
    void aSourceThatThrottlesForTooLongIsExitCodeFiveAndTheNextSyncGoesOn() throws SQLException {
        shop.with("caravan.connector.crm.page-size", "3").with("caravan.connector.crm.throttle-time-budget", "1s");
        sandbox.faults()
                .on(DataverseSandbox.DATA + "vin_wineries")
                .byNumber(number -> number < 3 ? null : DataverseFaults.throttled(Duration.ofSeconds(5)));
        Said throttled = shop.run("sync");
        assertThat(throttled.code()).as(throttled.out() + throttled.err()).isEqualTo(5);
        assertThat(shop.one("SELECT count(*) FROM vin_wineries")).isEqualTo("6");

        sandbox.faults().clear();
        sandbox.forgetRequests();
        sync();
        int rows = sandbox.table("vin_wineries").size();
        assertThat(shop.one("SELECT count(*) FROM vin_wineries")).isEqualTo(Integer.toString(rows));
        assertThat(sandbox.requestsOf("vin_wineries").stream()
                        .filter(request -> request.target().contains("?$skiptoken")))
                .hasSize((rows - 6 + 2) / 3);
    }
}
