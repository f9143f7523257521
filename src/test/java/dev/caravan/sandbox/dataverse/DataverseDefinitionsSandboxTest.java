package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions of tables and columns, and who may read what, as they are on the wire. */
class DataverseDefinitionsSandboxTest {
    private static final String COLUMNS = "EntityDefinitions(LogicalName='contact')/Attributes";
    private static final String PRIVILEGES = "/Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivileges()";

    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);

    @BeforeEach
    void publish() {
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void definitionsHaveNoPages() {
        JsonNode all = caller.get("EntityDefinitions?$select=LogicalName", "Prefer: odata.maxpagesize=5")
                .json();
        assertThat(all.path("value")).hasSize(23);
        assertThat(all.has("@odata.nextLink")).isFalse();
    }

    @Test
    void aChoiceOfTheDefinitionsIsComparedWithItsNamespaceOnly() {
        String wanted = "?$select=LogicalName,AttributeType&$filter=AttributeType%20eq%20";
        JsonNode lookups = caller.rows(COLUMNS + wanted + "Microsoft.Dynamics.CRM.AttributeTypeCode'Lookup'");
        assertThat(lookups).isNotEmpty();
        assertThat(lookups)
                .allSatisfy(
                        each -> assertThat(each.path("AttributeType").asText()).isEqualTo("Lookup"));
        SocketCaller.Reply refused = caller.get(COLUMNS + wanted + "'Lookup'");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("0x80060888");
    }

    @Test
    void securedColumnsAreNamedAndTheirRightsAreTold() {
        DataverseTable contacts = sandbox.table("contacts");
        assertThat(caller.rows(COLUMNS + "?$filter=IsSecured%20eq%20true")).isEmpty();
        contacts.secure("lastname", false);
        contacts.secure("fullname", true);
        JsonNode secured = caller.rows(COLUMNS + "?$select=LogicalName,IsSecured&$filter=IsSecured%20eq%20true");
        assertThat(secured).hasSize(2);

        String user = caller.get("WhoAmI").json().path("UserId").asText();
        JsonNode rights =
                caller.get("systemusers(" + user + ")" + PRIVILEGES).json().path("AttributePrivileges");
        assertThat(rights).hasSize(1);
        assertThat(rights.get(0).path("CanRead").asInt()).isEqualTo(4);
        String id = rights.get(0).path("AttributeId").asText();
        assertThat(secured)
                .filteredOn(each -> each.path("MetadataId").asText().equals(id))
                .extracting(each -> each.path("LogicalName").asText())
                .containsExactly("lastname");
        String key = contacts.keys(1).get(0);
        JsonNode row = caller.get("contacts(" + key + ")").json();
        assertThat(row.path("fullname").isNull()).isTrue();
        assertThat(row.path("lastname").isNull()).isFalse();
    }

    @Test
    void whoMayReadWhatMayBeForbidden() {
        String user = caller.get("WhoAmI").json().path("UserId").asText();
        sandbox.switches().privileges(false);
        SocketCaller.Reply reply = caller.get("systemusers(" + user + ")" + PRIVILEGES);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("0x80040220");
        sandbox.switches().privileges(true);
        assertThat(caller.get("systemusers(00000000-0000-4000-8000-000000000000)" + PRIVILEGES)
                        .status())
                .isEqualTo(404);
    }
}
