package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows a filter finds, and in which order they come. */
class DataverseFilterSandboxTest {
    private static final String OTHER = "00000000-0000-4000-8000-00000000000a";

    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);

    @BeforeEach
    void publish() {
        TableDescription casks = TableDescription.of(
                        "vin_cask",
                        "vin_casks",
                        "vin_name",
                        List.of(
                                DataverseColumn.text("vin_name", 100),
                                DataverseColumn.of("vin_litres", ColumnKind.DECIMAL),
                                DataverseColumn.of("vin_price", ColumnKind.MONEY),
                                DataverseColumn.of("vin_number", ColumnKind.INTEGER),
                                DataverseColumn.of("vin_open", ColumnKind.BOOLEAN),
                                DataverseColumn.of("vin_filledon", ColumnKind.DATETIME),
                                DataverseColumn.of("vin_day", ColumnKind.DATE),
                                DataverseColumn.lookup("vin_accountid", "account")))
                .withUsualColumns();
        DataverseTable table = sandbox.publish(casks, List.of());
        cask(table, 1, "Oak", "225.50", true, "2024-01-01T10:00:00Z");
        cask(table, 2, "oaken O'Brian", "10", false, "2024-01-01T10:00:01Z");
        cask(table, 3, "Acacia 100%", "999.999", null, null);
        Map<String, Object> bare = new HashMap<>();
        bare.put("vin_number", 4);
        table.insert(key(4), bare);
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
                "vin_number eq 2 | 2",
                "vin_number ne 2 | 1 3 4",
                "vin_number gt 2 | 3 4",
                "vin_number ge 2 | 2 3 4",
                "vin_number lt 2 | 1",
                "vin_number le 2 | 1 2",
                "vin_litres gt 10.00 | 1 3",
                "vin_price eq 20 | 2",
                "vin_open eq true | 1",
                "vin_open ne true | 2 3 4",
                "vin_name eq null | 4",
                "vin_name ne null | 1 2 3",
                "vin_name eq 'OAK' | 1",
                "vin_name eq 'oak%' | 1 2",
                "vin_name eq 'o_k' | 1",
                "vin_name eq 'oaken O''Brian' | 2",
                "startswith(vin_name,'oak') | 1 2",
                "contains(vin_name,'O''B') | 2",
                "endswith(vin_name,'ak') | 1",
                "not startswith(vin_name,'oak') | 3 4",
                "vin_filledon gt 2024-01-01T10:00:00Z | 2",
                "vin_filledon ge 2024-01-01T11:00:00%2B01:00 | 1 2",
                "vin_filledon ge 2024-01-01 | 1 2",
                "vin_day eq 2024-02-02 | 2",
                "_vin_accountid_value eq " + OTHER + " | 1 3",
                "vin_caskid eq 00000000-0000-4000-8000-000000000002 | 2",
                "vin_number eq 1 or vin_number eq 3 and vin_open eq true | 1",
                "(vin_number eq 1 or vin_number eq 2) and vin_open eq false | 2",
                "not (vin_number eq 1 or vin_number eq 2) | 3 4",
                "Microsoft.Dynamics.CRM.In(PropertyName='vin_name',PropertyValues=[\"oak\",\"oaken O'Brian\"]) | 1 2",
                "Microsoft.Dynamics.CRM.In(PropertyName='_vin_accountid_value',PropertyValues=[\"" + OTHER
                        + "\"]) | 1 3"
            })
    void aFilterFindsItsRows(String filter, String numbers) {
        assertThat(numbers("vin_casks?$filter=" + encoded(filter))).containsExactly(numbers.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "vin_number desc, 4 3 2 1",
        "vin_name, 4 3 1 2",
        "vin_filledon desc, 2 1 3 4",
        "'vin_open,vin_number desc', 4 3 2 1",
        "versionnumber asc, 1 2 3 4",
        "vin_caskid desc, 4 3 2 1"
    })
    void rowsAreSortedAcrossPages(String order, String numbers) {
        List<JsonNode> rows = new ArrayList<>();
        caller.pages("vin_casks?$orderby=" + encoded(order), rows, "Prefer: odata.maxpagesize=1");
        assertThat(rows).extracting(row -> row.path("vin_number").asText()).containsExactly(numbers.split(" ", -1));
    }

    @Test
    void cookiesMayBeOpaque() {
        sandbox.table("vin_casks").makeCookiesOpaque(true);
        String link = caller.get("vin_casks", "Prefer: odata.maxpagesize=3")
                .json()
                .path("@odata.nextLink")
                .asText();
        assertThat(link).matches(".*pagingcookie=%22[A-Za-z0-9+/=]+%22%20istracking.*");
        assertThat(caller.follow(link).json().path("value")).hasSize(1);
        assertThat(caller.follow(link.replace("%22%20is", "x%22%20is")).status())
                .isEqualTo(400);
    }

    @Test
    void pagesOfTiesMayOverlap() {
        sandbox.switches().repeatedTies(true);
        List<JsonNode> rows = new ArrayList<>();
        caller.pages("vin_casks?$orderby=statecode", rows, "Prefer: odata.maxpagesize=2");
        assertThat(rows).hasSize(6);
        Set<String> keys = new HashSet<>();
        rows.forEach(row -> keys.add(row.path("vin_caskid").asText()));
        assertThat(keys).hasSize(4);
    }

    @Test
    void rowsAreCounted() {
        assertThat(caller.get("vin_casks/$count").body()).isEqualTo("4");
        assertThat(caller.get("vin_casks?$count=true&$filter=vin_number%20gt%202")
                        .json()
                        .path("@odata.count")
                        .asInt())
                .isEqualTo(2);
        assertThat(caller.get("vin_casks?$count=true", "Prefer: odata.include-annotations=\"*\"")
                        .json()
                        .path("@Microsoft.Dynamics.CRM.totalrecordcount")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void digitsAndNullsAreSentAsTheyAre() {
        String body = caller.get("vin_casks(" + key(1) + ")").body();
        assertThat(body)
                .contains("\"vin_litres\":225.50,")
                .contains("\"vin_price\":10.0000000000,")
                .contains("\"vin_day\":\"2024-02-01\"")
                .contains("#vin_casks/$entity");
        assertThat(caller.get("vin_casks(" + key(4) + ")").body()).contains("\"vin_name\":null,\"vin_litres\":null");
    }

    @Test
    void theKeyComesWithWhateverIsSelected() {
        JsonNode row = caller.rows("vin_casks?$select=vin_name&$top=1").get(0);
        assertThat(row).hasSize(3);
        assertThat(row.has("vin_caskid")).isTrue();
    }

    @Test
    void annotationsComeBeforeTheirValuesWhereTheyAreAskedFor() {
        String plain = caller.get("vin_casks").body();
        assertThat(plain).doesNotContain("lookuplogicalname").doesNotContain("totalrecordcount");
        SocketCaller.Reply reply = caller.get("vin_casks", "Prefer: odata.include-annotations=\"*\"");
        assertThat(reply.body())
                .contains("\"_vin_accountid_value@Microsoft.Dynamics.CRM.associatednavigationproperty\":"
                        + "\"vin_Accountid\",\"_vin_accountid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":"
                        + "\"account\"")
                .contains("\"@Microsoft.Dynamics.CRM.totalrecordcount\":-1")
                .contains("vin_open@OData.Community.Display.V1.FormattedValue\":\"Yes\",\"vin_open\":true");
        assertThat(reply.header("preference-applied")).isEqualTo("odata.include-annotations=\"*\"");
    }

    @Test
    void severalPreferHeadersCountAsOne() {
        SocketCaller.Reply reply =
                caller.get("vin_casks", "Prefer: odata.maxpagesize=2", "Prefer: odata.track-changes");
        assertThat(reply.json().path("value")).hasSize(2);
        assertThat(reply.header("preference-applied")).isEqualTo("odata.track-changes,odata.maxpagesize=2");
    }

    private List<String> numbers(String resource) {
        List<String> numbers = new ArrayList<>();
        caller.rows(resource).forEach(row -> numbers.add(row.path("vin_number").asText()));
        return numbers;
    }

    private static void cask(
            DataverseTable table,
            int number,
            String name,
            String litres,
            @Nullable Boolean open,
            @Nullable String filled) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("vin_name", name);
        values.put("vin_litres", new BigDecimal(litres));
        values.put("vin_price", BigDecimal.valueOf(number * 10L).setScale(10));
        values.put("vin_number", number);
        values.put("vin_open", open);
        values.put("vin_filledon", filled);
        values.put("vin_day", "2024-02-0" + number);
        values.put("vin_accountid", number == 2 ? null : OTHER);
        table.insert(key(number), values);
    }

    private static String key(int number) {
        return "00000000-0000-4000-8000-00000000000" + number;
    }

    /** Blanks, percent signs and what no URL may hold; escapes that are there already stay. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) b;
            boolean escape = c == '%' && !text.contains("%2B");
            encoded.append(c == ' ' || c == '"' || c == '[' || c == ']' || escape ? String.format("%%%02X", b) : c);
        }
        return encoded.toString();
    }
}
