package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Dataverse refuses, each with its status and code, as it is on the wire. */
class DataverseRefusalSandboxTest {
    private static final String ID = "00000000-0000-4000-8000-000000000000";

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "accounts?$filter=accountid%20in%20(" + ID
                        + ") | 501 | 0x8006088a | The query node In is not supported",
                "accounts?$filter=name%20in%20('a') | 501 | 0x8006088a | The query node In is not supported",
                "accounts?$skip=5 | 400 | 0x80060888 | Skip Clause is not supported in CRM",
                "accounts?$search=x | 400 | 0x80060888 | not supported",
                "accounts?$format=json | 400 | 0x80060888 | not supported",
                "accounts?$apply=groupby((name)) | 400 | 0x80060888 | not supported",
                "accounts?$Filter=name%20eq%20'x' | 400 | 0x80060888 | not supported",
                "accounts?$filter=modifiedon%20gt%20'2024-01-01T00:00:00Z' | 400 | 0x80060888 | incompatible types",
                "accounts?$filter=accountid%20eq%20'" + ID + "' | 400 | 0x80060888 | incompatible types",
                "accounts?$filter=name%20eq%205 | 400 | 0x80060888 | incompatible types",
                "accounts?$filter=name+eq+'x' | 400 | 0x80060888 | Syntax error at position 4",
                "accounts?$filter=modifiedon%20gt%202024-01-01T00:00:00+01:00 | 400 | 0x80060888 | Syntax error",
                "accounts?$filter=nothing%20eq%201 | 400 | 0x80060888 | Could not find a property named 'nothing'",
                "accounts?$filter=name%20eq | 400 | 0x80060888 | Syntax error",
                "accounts?$filter=name%20eq%20'x'%20nand | 400 | 0x80060888 | Syntax error",
                "accounts?$select=name,owneridname | 400 | 0x80060888 | Could not find a property named 'owneridname'",
                "accounts?$select=entityimage_url | 400 | 0x80060888 | Could not find a property",
                "accounts?$select=ownerid | 400 | 0x80060888 | Could not find a property",
                "accounts?$orderby=none | 400 | 0x80060888 | Could not find a property",
                "accounts?$top=x | 400 | 0x80060888 | $top",
                "accounts?$skiptoken=2 | 400 | 0x80060888 | Malformed XML in the Paging Cookie",
                "accounts?$deltatoken=2 | 400 | 0x80060888 | Invalid delta token",
                "Accounts | 404 | 0x80060888 | Resource not found for the segment 'Accounts'",
                "account | 404 | 0x80060888 | Resource not found for the segment 'account'",
                "accounts(" + ID + ") | 404 | 0x80040217 | Does Not Exist",
                "accounts(7) | 400 | 0x80060888 | expected at position 5"
            })
    void whatIsNotSupportedIsRefusedWithItsCode(String resource, int status, String code, String text) {
        SocketCaller.Reply reply = caller.get(resource);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().at("/error/message").asText()).contains(text);
        assertThat(reply.header("content-type")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$filter=statecode%20eq%200", "$orderby=name", "$expand=primarycontactid", "$top=5"})
    void nothingGoesWithChangeTracking(String option) {
        SocketCaller.Reply reply = caller.get("accounts?" + option, "Prefer: odata.track-changes");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/message").asText())
                .isEqualTo("The \"" + option.substring(0, option.indexOf('='))
                        + "\" query parameter isn't supported when Change Tracking is enabled.");
    }

    @Test
    void aTableWithoutChangeTrackingRefusesIt() {
        assertThat(caller.get("teammemberships", "Prefer: odata.track-changes").status())
                .isEqualTo(400);
        assertThat(caller.get("teammemberships").status()).isEqualTo(200);
    }

    @Test
    void fiveHundredConditionsAreEnough() {
        assertThat(caller.get("accounts?$filter=" + conditions(500)).status()).isEqualTo(200);
        SocketCaller.Reply reply = caller.get("accounts?$filter=" + conditions(501));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("0x8004430C");
        String ids = "%22" + ID + "%22" + (",%22" + ID + "%22").repeat(500);
        SocketCaller.Reply in = caller.get("accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='accountid',"
                + "PropertyValues=%5B" + ids + "%5D)");
        assertThat(in.code()).isEqualTo("0x8004430C");
    }

    @Test
    void anUrlHasAtMost32768Characters() {
        String start = DataverseSandbox.DATA + "accounts?$filter=";
        String filter = "name%20eq%20'" + "x".repeat(32_768 - start.length() - 14) + "'";
        assertThat(start + filter).hasSize(32_768);
        assertThat(caller.target(start + filter).status()).isEqualTo(200);
        SocketCaller.Reply reply = caller.target(start + filter.replace("'x", "'xx"));
        assertThat(reply.status()).isEqualTo(414);
        assertThat(reply.code()).isEqualTo("0x80060888");
    }

    @Test
    void aLinkComesBackByteForByte() {
        String link = caller.get("contacts?$select=fullname", "Prefer: odata.maxpagesize=5")
                .json()
                .path("@odata.nextLink")
                .asText();
        assertThat(caller.follow(link).status()).isEqualTo(200);
        List<String> altered = List.of(
                link.replace("%3C", "%253C"),
                link.replace("%3Ccookie", "%3ccookie"),
                link.replace("%253c", "%253C"),
                link.replace("istracking=", "istracking%3D"),
                link.replace("?$select", "?%24select"),
                link.replace("fullname&", "fullname&$count=true&$orderby=fullname&"),
                link.replace("pagenumber=%222%22", "pagenumber=%22x%22"),
                link.replace("%20/%3E", "+/%3E"));
        for (String other : altered) {
            assertThat(other).isNotEqualTo(link);
            SocketCaller.Reply reply = caller.follow(other);
            assertThat(reply.status()).as(other).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("0x80060888");
        }
    }

    @Test
    void pagesOfASortedTableCarryTheValuesTheyWereSortedBy() {
        JsonNode page = caller.get("contacts?$orderby=birthdate,fullname", "Prefer: odata.maxpagesize=5")
                .json();
        String link = page.path("@odata.nextLink").asText();
        assertThat(link).contains("birthdate%2520lastnull").contains("firstnull%253d%25221%2522");
        assertThat(caller.follow(link).json().path("value")).isNotEmpty();
    }

    @Test
    void topIsIgnoredWherePagesAreAskedForAndEndsWithoutALinkWhereTheyAreNot() {
        JsonNode capped = caller.get("contacts?$top=3").json();
        assertThat(capped.path("value")).hasSize(3);
        assertThat(capped.has("@odata.nextLink")).isFalse();
        JsonNode paged =
                caller.get("contacts?$top=3", "Prefer: odata.maxpagesize=5").json();
        assertThat(paged.path("value")).hasSize(5);
        assertThat(paged.has("@odata.nextLink")).isTrue();
    }

    @Test
    void aPageSizeBeyondTheLargestIsIgnored() {
        sandbox.table("contacts").setLargestPage(50);
        SocketCaller.Reply reply = caller.get("contacts", "Prefer: odata.maxpagesize=5001");
        assertThat(reply.json().path("value")).hasSize(50);
        assertThat(reply.json().has("@odata.nextLink")).isTrue();
        assertThat(reply.header("preference-applied")).isEmpty();
        assertThat(caller.get("contacts", "Prefer: odata.maxpagesize=9").header("preference-applied"))
                .isEqualTo("odata.maxpagesize=9");
    }

    @Test
    void theFunctionInMayNotBeUnderstood() {
        String key = sandbox.table("accounts").keys(1).get(0);
        String in = "accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)"
                + "&@p1='accountid'&@p2=%5B%22" + key + "%22,%22" + ID + "%22%5D";
        assertThat(caller.rows(in)).hasSize(1);
        sandbox.switches().inFunction(false);
        SocketCaller.Reply reply = caller.get(in);
        assertThat(reply.status()).isEqualTo(501);
        assertThat(reply.code()).isEqualTo("0x8006088a");
    }

    @Test
    void aRefusalHasDetailsForThoseWhoAskForAllAnnotations() {
        SocketCaller.Reply reply = caller.get("accounts?$skip=1", "Prefer: odata.include-annotations=\"*\"");
        assertThat(reply.code()).isEqualTo("0x80060888");
        assertThat(reply.json()
                        .path("error")
                        .path("@Microsoft.PowerApps.CDS.TraceText")
                        .asText())
                .isNotEmpty();
        assertThat(caller.get("accounts?$skip=1").body()).doesNotContain("TraceText");
    }

    @Test
    void anOrderMayBeRefused() {
        sandbox.table("accounts").refuseOrder(true);
        assertThat(caller.get("accounts?$orderby=modifiedon").status()).isEqualTo(400);
        assertThat(caller.get("accounts").status()).isEqualTo(200);
    }

    @Test
    void theSchemaDocumentIsNoJson() {
        SocketCaller.Reply reply = caller.get("$metadata", "Accept: application/json");
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("0x80060888");
        assertThat(caller.get("$metadata", "Accept: */*").status()).isEqualTo(200);
    }

    @Test
    void onlyReadingIsUnderstood() {
        SocketCaller.Reply reply = SocketCaller.send(
                sandbox.url(),
                "DELETE " + DataverseSandbox.DATA + "accounts(" + ID + ") HTTP/1.1",
                List.of("Authorization: Bearer " + sandbox.token()),
                "");
        assertThat(reply.status()).isEqualTo(405);
    }

    private static String conditions(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "numberofemployees%20eq%20" + number)
                .collect(Collectors.joining("%20or%20"));
    }
}
