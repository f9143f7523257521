package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages, versions, changes and edits of the small business. */
class DataverseSandboxTest {
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
    void theBusinessHasTwentyThreeTables() {
        assertThat(sandbox.entitySets()).hasSize(23).contains("accounts", "contacts", "vin_feedback", "vin_wineries");
        JsonNode sets = caller.rows("");
        assertThat(sets).hasSize(23 + 2);
        assertThat(sets.get(0).path("kind").asText()).isEqualTo("EntitySet");
    }

    @Test
    void everyRowOfEveryTableIsAnsweredAsTheSandboxHasIt() {
        for (String set : sandbox.entitySets()) {
            List<JsonNode> rows = new ArrayList<>();
            caller.pages(set, rows, "Prefer: odata.maxpagesize=50");
            List<DataverseRow> own = sandbox.rows(set);
            assertThat(rows).hasSameSizeAs(own).isNotEmpty();
            for (int i = 0; i < own.size(); i++) {
                for (Map.Entry<String, Object> value : own.get(i).values().entrySet()) {
                    JsonNode sent = rows.get(i).path(value.getKey());
                    assertThat(sent.isMissingNode()).isFalse();
                    if (!(value.getValue() instanceof Map) && value.getValue() != null) {
                        assertThat(sent.asText()).isEqualTo(text(value.getValue()));
                    }
                }
                assertThat(rows.get(i).path("@odata.etag").asText())
                        .isEqualTo("W/\"" + own.get(i).version() + "\"");
            }
        }
    }

    @Test
    void theNextLinkHasTheShapeOfTheRealOne() {
        JsonNode page = caller.get("contacts?$select=fullname,emailaddress1", "Prefer: odata.maxpagesize=2")
                .json();
        List<String> keys = sandbox.table("contacts").keys(2);
        String last = keys.get(1).toUpperCase(Locale.ROOT);
        String first = keys.get(0).toUpperCase(Locale.ROOT);
        assertThat(page.path("@odata.nextLink").asText())
                .isEqualTo(sandbox.url() + "/api/data/v9.2/contacts?$select=fullname,emailaddress1&$skiptoken="
                        + "%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie%2520page%253d%25221%2522%253e"
                        + "%253ccontactid%2520last%253d%2522%257b" + last + "%257d%2522%2520first%253d%2522%257b"
                        + first + "%257d%2522%2520%252f%253e%253c%252fcookie%253e%22%20istracking=%22False%22%20/%3E");
    }

    @Test
    void aVersionFindsWhatHasChangedSince() {
        long before = sandbox.version();
        DataverseTable products = sandbox.table("vin_products");
        String key = products.keys(5).get(4);
        products.set(key, "vin_name", "Corks");
        String made = products.insert(Map.of("vin_name", "New"));
        JsonNode rows = caller.rows("vin_products?$filter=versionnumber%20gt%20" + before
                + "&$orderby=versionnumber%20asc&$select=vin_name,versionnumber");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("vin_productid").asText()).isEqualTo(key);
        assertThat(rows.get(1).path("vin_productid").asText()).isEqualTo(made);
        assertThat(rows.get(1).path("versionnumber").asLong()).isGreaterThan(before + 1);
    }

    @Test
    void changesComeWithTheirDeletions() {
        List<JsonNode> all = new ArrayList<>();
        String[] track = {"Prefer: odata.track-changes,odata.maxpagesize=20"};
        JsonNode last = caller.pages("vin_products?$select=vin_name", all, track);
        DataverseTable products = sandbox.table("vin_products");
        assertThat(all).hasSize(products.size());
        String link = last.path("@odata.deltaLink").asText();
        assertThat(link).matches(".*[&]\\$deltatoken=[0-9]+%21[0-9]{2}%2f[0-9]{2}%2f[0-9]{4}%20.*");
        List<String> keys = products.keys(3);
        products.set(keys.get(0), "vin_name", "Changed");
        products.delete(keys.get(1));
        String shortLived = products.insert(Map.of("vin_name", "Short"));
        products.delete(shortLived);
        JsonNode changes = caller.follow(link).json();
        assertThat(changes.path("@odata.context").asText()).endsWith("#vin_products(vin_name)/$delta");
        assertThat(changes.path("value")).hasSize(3);
        assertThat(changes.at("/value/0/vin_name").asText()).isEqualTo("Changed");
        assertThat(changes.at("/value/1/id").asText()).isEqualTo(keys.get(1));
        assertThat(changes.at("/value/1/reason").asText()).isEqualTo("deleted");
        assertThat(changes.at("/value/1/@odata.context").asText()).endsWith("$metadata#vin_products/$deletedEntity");
        assertThat(changes.at("/value/2/id").asText()).isEqualTo(shortLived);
        String next = changes.path("@odata.deltaLink").asText();
        assertThat(caller.follow(next).json().path("value")).isEmpty();
    }

    @Test
    void manyChangesComeInPages() {
        List<JsonNode> all = new ArrayList<>();
        String link = caller.pages("contacts", all, "Prefer: odata.track-changes")
                .path("@odata.deltaLink")
                .asText();
        sandbox.edit("contacts", 5, 12, 6);
        List<JsonNode> changes = new ArrayList<>();
        JsonNode page = caller.follow(link, "Prefer: odata.maxpagesize=4").json();
        int pages = 1;
        while (page.has("@odata.nextLink")) {
            assertThat(page.has("@odata.deltaLink")).isFalse();
            page.path("value").forEach(changes::add);
            sandbox.edit("contacts", 0, 1, 0);
            page = caller.follow(page.path("@odata.nextLink").asText(), "Prefer: odata.maxpagesize=4")
                    .json();
            pages++;
        }
        page.path("value").forEach(changes::add);
        assertThat(pages).isGreaterThan(3);
        Set<String> deleted = new HashSet<>();
        changes.stream()
                .filter(each -> each.has("reason"))
                .forEach(each -> deleted.add(each.path("id").asText()));
        assertThat(deleted).hasSize(6);
        JsonNode later = caller.follow(page.path("@odata.deltaLink").asText()).json();
        assertThat(later.path("value")).isNotEmpty();
    }

    @Test
    void theMetadataIsAskedForAndCounted() {
        SocketCaller.Reply reply = caller.get("$metadata", "Accept: application/xml");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo(sandbox.metadata())
                .contains("<EntityType Name=\"systemuser\" BaseType=\"mscrm.principal\">")
                .contains("<EntitySet Name=\"vin_vin_candidate_accountset\"");
        assertThat(sandbox.metadataRequests()).isOne();
    }

    @Test
    void aClientLogsInAndIsLetIn() {
        SocketCaller.Reply reply = caller.login(
                DataverseSandbox.TENANT,
                "grant_type=client_credentials&client_id=" + DataverseSandbox.CLIENT_ID + "&client_secret="
                        + DataverseSandbox.CLIENT_SECRET + "&scope=" + sandbox.url() + "/.default");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("expires_in").asInt()).isEqualTo(3599);
        String header =
                "Authorization: Bearer " + reply.json().path("access_token").asText();
        String line = "GET " + DataverseSandbox.DATA + "teams HTTP/1.1";
        assertThat(SocketCaller.send(sandbox.url(), line, List.of(header), "").status())
                .isEqualTo(200);
        assertThat(sandbox.logins()).isOne();
        sandbox.revokeTokens();
        SocketCaller.Reply refused = SocketCaller.send(sandbox.url(), line, List.of(header), "");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("www-authenticate"))
                .isEqualTo("Bearer authorization_uri=" + sandbox.loginUrl() + "/" + DataverseSandbox.TENANT
                        + "/oauth2/authorize, resource_id=" + sandbox.url() + "/");
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
