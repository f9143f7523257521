package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edits of rows, columns, tables and privileges, as they are seen from outside. */
class DataverseEditsSandboxTest {
    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);

    @BeforeEach
    void publish() {
        sandbox.setClock(Clock.fixed(Instant.parse("2026-01-05T08:00:00.9Z"), ZoneOffset.UTC));
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aNewRowHasItsTimesStateAndVersion() {
        DataverseTable orders = sandbox.table("vin_orders");
        int before = orders.size();
        String key = orders.insert(Map.of("vin_ordernumber", "N-1", "vin_total", new BigDecimal("12.5000000000")));
        JsonNode row = one("vin_orders", key);
        assertThat(row.path("modifiedon").asText()).isEqualTo("2026-01-05T08:00:00Z");
        assertThat(row.path("createdon").asText()).isEqualTo("2026-01-05T08:00:00Z");
        assertThat(row.path("statecode").asInt()).isZero();
        assertThat(row.path("versionnumber").asLong()).isEqualTo(sandbox.version());
        assertThat(row.path("@odata.etag").asText()).isEqualTo("W/\"" + sandbox.version() + "\"");
        assertThat(row.path("vin_total").decimalValue()).isEqualTo(new BigDecimal("12.5000000000"));
        assertThat(orders.size()).isEqualTo(before + 1);
    }

    @Test
    void aChangedRowKeepsTheRestAndADeletedOneIsGone() {
        DataverseTable orders = sandbox.table("vin_orders");
        String key = orders.keys(1).get(0);
        DataverseRow before = orders.row(key);
        orders.set(key, "vin_ordernumber", null);
        JsonNode row = one("vin_orders", key);
        assertThat(row.path("vin_ordernumber").isNull()).isTrue();
        assertThat(row.path("createdon").asText()).isEqualTo(before.value("createdon"));
        assertThat(row.path("versionnumber").asLong()).isGreaterThan(before.version());
        orders.delete(key);
        assertThat(caller.get("vin_orders(" + key + ")").status()).isEqualTo(404);
        assertThatThrownBy(() -> orders.row(key)).isInstanceOf(IllegalArgumentException.class);
        orders.undelete(key);
        assertThat(one("vin_orders", key).path("createdon").asText()).isEqualTo(before.value("createdon"));
    }

    @Test
    void modifiedOnMayBeBackdatedOrMissing() {
        DataverseTable orders = sandbox.table("vin_orders");
        String key = orders.keys(1).get(0);
        orders.backdate(key, Instant.parse("2001-02-03T04:05:06Z"));
        assertThat(one("vin_orders", key).path("modifiedon").asText()).isEqualTo("2001-02-03T04:05:06Z");
        orders.set(key, "modifiedon", null);
        assertThat(one("vin_orders", key).path("modifiedon").isNull()).isTrue();
    }

    @Test
    void aLookupMayLeadToAnotherTable() {
        DataverseTable contacts = sandbox.table("contacts");
        List<String> keys = contacts.keys(2);
        contacts.set(keys.get(0), "parentcustomerid", new Reference(keys.get(1), "contact"));
        JsonNode row = caller.get(
                        "contacts(" + keys.get(0) + ")",
                        "Prefer: odata.include-annotations=\"Microsoft.Dynamics.CRM.*\"")
                .json();
        assertThat(row.path("_parentcustomerid_value").asText()).isEqualTo(keys.get(1));
        assertThat(row.path("_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname")
                        .asText())
                .isEqualTo("contact");
        assertThat(row.path("_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty")
                        .asText())
                .isEqualTo("parentcustomerid_contact");
        assertThat(row.has("_parentcustomerid_value@OData.Community.Display.V1.FormattedValue"))
                .isFalse();
        assertThat(contacts.row(keys.get(0)).targets()).containsEntry("_parentcustomerid_value", "contact");
    }

    @Test
    void columnsComeAndGoAndChangeTheirType() {
        DataverseTable products = sandbox.table("vin_products");
        String key = products.keys(1).get(0);
        products.addColumn(DataverseColumn.of("vin_weight", ColumnKind.INTEGER));
        assertThat(one("vin_products", key).path("vin_weight").isNull()).isTrue();
        products.set(key, "vin_weight", 7);
        products.retype(DataverseColumn.of("vin_weight", ColumnKind.STRING));
        assertThat(one("vin_products", key).path("vin_weight").isTextual()).isTrue();
        assertThat(sandbox.metadata())
                .contains("<Property Name=\"vin_weight\" Type=\"Edm.String\" Unicode=\"false\" />");
        products.retype(DataverseColumn.of("createdon", ColumnKind.DATE));
        assertThat(one("vin_products", key).path("createdon").asText()).hasSize(10);
        products.removeColumn("vin_weight");
        assertThat(one("vin_products", key).has("vin_weight")).isFalse();
        assertThat(sandbox.metadata()).doesNotContain("vin_weight");
        assertThat(caller.get("vin_products?$select=vin_weight").status()).isEqualTo(400);
    }

    @Test
    void aTableMayBeDroppedAndComeBack() {
        DataverseTable feedback = sandbox.table("vin_feedback");
        feedback.drop(true);
        assertThat(caller.get("vin_feedback").status()).isEqualTo(404);
        assertThat(sandbox.metadata()).doesNotContain("vin_feedback");
        assertThat(caller.get("EntityDefinitions(LogicalName='vin_feedback')").status())
                .isEqualTo(404);
        feedback.drop(false);
        assertThat(caller.get("vin_feedback").status()).isEqualTo(200);
    }

    @Test
    void aPrivilegeMayBeLost() {
        DataverseTable contacts = sandbox.table("contacts");
        contacts.deny(true);
        SocketCaller.Reply reply = caller.get("contacts");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("0x80040220");
        contacts.deny(false);
        contacts.secure("lastname", true);
        String key = contacts.keys(1).get(0);
        assertThat(one("contacts", key).path("lastname").isNull()).isTrue();
        assertThat(contacts.row(key).value("lastname")).isNotNull();
    }

    @Test
    void someRowsArePickedAtRandom() {
        for (String set : List.of("vin_orders", "vin_vin_candidate_accountset", "systemusers")) {
            DataverseTable table = sandbox.table(set);
            int before = table.size();
            long version = sandbox.version();
            sandbox.edit(set, 3, 4, 2);
            assertThat(table.size()).isEqualTo(before + 1);
            List<JsonNode> rows = new ArrayList<>();
            caller.pages(set + "?$filter=versionnumber%20gt%20" + version, rows);
            assertThat(rows).hasSizeBetween(2, 7);
        }
    }

    @Test
    void anActionRunsBetweenPages() {
        DataverseTable contacts = sandbox.table("contacts");
        String last = contacts.insert(Map.of("lastname", "Last"));
        sandbox.before("contacts", 2, () -> contacts.delete(last));
        List<JsonNode> rows = new ArrayList<>();
        caller.pages("contacts", rows, "Prefer: odata.maxpagesize=50");
        assertThat(rows.size()).isBetween(contacts.size(), contacts.size() + 1);
        assertThat(sandbox.requestsOf("contacts")).hasSize(2);
        assertThat(caller.get("contacts(" + last + ")").status()).isEqualTo(404);
    }

    private JsonNode one(String set, String key) {
        SocketCaller.Reply reply = caller.get(set + "(" + key + ")");
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }
}
