package dev.caravan.cli;

import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxBusiness;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import java.util.List;

/** An APISmith and a Dataverse with a small business each, on loopback, for the demo. Used by one thread. */
final class DemoSources implements AutoCloseable {
    private static final int RECORDS = 6_000;
    private static final int ACCOUNTS = 5_000;
    private static final int LINKED = 250;

    private final ApiSmithSandbox erp = ApiSmithSandbox.start(0);
    private final DataverseSandbox crm = DataverseSandbox.start(0);

    DemoSources() {
        SandboxBusiness.publish(erp, 1);
        DataverseBusiness.publish(
                crm, DataverseBusiness.Size.small().withRecords(RECORDS).withAccounts(ACCOUNTS, LINKED));
    }

    /** The lines of a properties file that sync both. */
    String properties() {
        return String.join(
                "\n",
                "caravan.connector.erp.type = apismith",
                "caravan.connector.erp.url = " + erp.url(),
                "caravan.connector.erp.token = " + erp.token(),
                "caravan.connector.crm.type = dataverse",
                "caravan.connector.crm.url = " + crm.url(),
                "caravan.connector.crm.authority = " + crm.loginUrl(),
                "caravan.connector.crm.client-id = " + DataverseSandbox.CLIENT_ID,
                "caravan.connector.crm.client-secret = " + DataverseSandbox.CLIENT_SECRET,
                "caravan.connector.crm.tables = *",
                "caravan.connector.crm.table.accounts.only-linked-from = vin_vin_candidate_accountset.accountid",
                "caravan.routes-reload = true",
                "");
    }

    /** What they are and where they listen, a line each. */
    List<String> lines() {
        return List.of(
                "An APISmith with a small business in it listens at " + erp.url(),
                "A Dataverse with a wine merchant's 23 tables listens at " + crm.url());
    }

    @Override
    public void close() {
        erp.close();
        crm.close();
    }
}
