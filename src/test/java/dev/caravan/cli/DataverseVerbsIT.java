package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs say of a Dataverse: its foreign keys, its changed schema, its plans. */
class DataverseVerbsIT {
    @TempDir
    Path folder = Path.of("");

    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private Workshop shop = new Workshop(Path.of(""), "");

    @BeforeEach
    void open() {
        shop.close();
        shop = new Workshop(folder, "jdbc:sqlite:" + folder.resolve("target.db"))
                .with("caravan.connector.crm.type", "dataverse")
                .with("caravan.connector.crm.url", sandbox.url())
                .with("caravan.connector.crm.authority", sandbox.loginUrl())
                .with("caravan.connector.crm.client-id", DataverseSandbox.CLIENT_ID)
                .with("caravan.connector.crm.client-secret", DataverseSandbox.CLIENT_SECRET)
                .with("caravan.connector.crm.tables", "vin_wineries, vin_products");
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
    }

    @AfterEach
    void close() {
        shop.close();
        sandbox.close();
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
}
