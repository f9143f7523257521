package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an APISmith in good health answers, by HTTP. */
class ApiSmithSandboxTest extends SandboxOfParts {
    @Test
    void anApiDescribesItself() {
        JsonNode parts = caller.json("apis/parts");
        assertThat(caller.json("apis")).containsExactly(parts);
        assertThat(parts.path("name").asText()).isEqualTo("Parts");
        assertThat(parts.path("delta_strategy").asText()).isEqualTo("rowversion");
        assertThat(parts.path("business_key_columns"))
                .extracting(JsonNode::asText)
                .containsExactly("PART_NO");
        JsonNode price = parts.path("columns").path(1);
        assertThat(price.path("name").asText()).isEqualTo("PRICE");
        assertThat(price.path("output_alias").asText()).isEqualTo("price");
        assertThat(price.path("data_type").asText()).isEqualTo("NUMBER");
        assertThat(price.path("precision").asInt()).isEqualTo(10);
        assertThat(price.path("is_business_key").asBoolean()).isFalse();
        assertThat(caller.json("connectors").path(0).path("uid").asText()).isNotEmpty();
    }

    @Test
    void aPageBringsKeysVersionAndDataUnderItsAliases() {
        JsonNode page = caller.json("data/parts?page=2&page_size=2");
        JsonNode row = page.path("rows").path(0);
        assertThat(page.path("rows")).hasSize(2);
        assertThat(row.path("oracle_keys").path("PART_NO").asText()).isEqualTo("P-3");
        assertThat(row.path("row_version").asText()).isEqualTo("20251208120000");
        assertThat(row.path("data").path("price").decimalValue()).isEqualTo(new BigDecimal("3.00"));
        assertThat(row.path("data").has("PRICE")).isFalse();
        assertThat(page.path("total").asInt()).isEqualTo(5);
        assertThat(page.path("page").asInt()).isEqualTo(2);
        assertThat(page.path("has_more").asBoolean()).isTrue();
    }

    @Test
    void theListingEndsWithAnEmptyPage() {
        assertThat(caller.json("data/parts?page=3&page_size=2").path("rows")).hasSize(1);
        assertThat(caller.get("data/parts?page=4&page_size=2").body())
                .isEqualTo("{\"rows\":[],\"total\":5,\"page\":4,\"page_size\":2,\"has_more\":false}");
    }

    @Test
    void theHintsCanBeLeftOut() {
        sandbox.setOptions(sandbox.options().withHints(false));
        assertThat(caller.get("data/parts?page=9").body()).isEqualTo("{\"rows\":[]}");
    }

    @Test
    void rowsAboveAVersionAreThoseChangedSince() {
        clock.advance(Duration.ofSeconds(1));
        sandbox.table("parts").update(3, SandboxRow.values("PRICE", 7L));
        sandbox.table("parts").setVersion(0, null);
        assertThat(partNumbers("rowversion_gt=20251208120000")).containsExactly("P-4");
        assertThat(partNumbers("rowversion_gt=20251208115959")).containsExactly("P-2", "P-3", "P-4", "P-5");
    }

    @Test
    void orderBySortsByNameOrAliasUnlessItIsSwitchedOff() {
        assertThat(partNumbers("order_by=price")).containsExactly("P-5", "P-4", "P-3", "P-2", "P-1");
        assertThat(partNumbers("order_by=ACTIVE,PART_NO")).containsExactly("P-1", "P-2", "P-3", "P-4", "P-5");
        sandbox.table("parts").insertAt(0, SandboxRow.values("PART_NO", "P-6", "PRICE", null));
        assertThat(partNumbers("order_by=price")).endsWith("P-1", "P-6");
        sandbox.setOptions(sandbox.options().withOrderBy(false));
        assertThat(partNumbers("order_by=price")).startsWith("P-6", "P-1");
    }

    @Test
    void aRowIsLookedUpByItsKeyUnlessThatIsSwitchedOff() {
        assertThat(partNumbers("PART_NO=P-2")).containsExactly("P-2");
        assertThat(partNumbers("part_no=P-2&price=4.00")).containsExactly("P-2");
        assertThat(partNumbers("PART_NO=P-2&price=4")).isEmpty();
        assertThat(partNumbers("PART_NO=P%202")).isEmpty();
        assertThat(partNumbers("nothing=P-2")).hasSize(5);
        sandbox.setOptions(sandbox.options().withKeyLookup(false));
        assertThat(partNumbers("PART_NO=P-2")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_size=1001", "page_size=0", "page=0", "page=-1", "page=x", "page=99999999999"})
    void aPageThatCannotBeIsRefused(String query) {
        HttpResponse<String> answer = caller.get("data/parts?" + query);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).startsWith("{\"detail\":\"");
    }

    @Test
    void largerPagesAreServedWhereTheyAreAllowed() {
        sandbox.setOptions(sandbox.options().withMaximumPageSize(5000));
        assertThat(caller.json("data/parts?page_size=5000").path("rows")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apis/none", "data/none", "data/", "elsewhere"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(caller.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void anotherMethodIsRefused() {
        assertThat(caller.send(caller.request("apis").DELETE().build()).statusCode())
                .isEqualTo(405);
        assertThat(caller.get("auth/login").statusCode()).isEqualTo(405);
    }

    @Test
    void answersAreCompressedForThoseWhoAcceptIt() throws IOException, InterruptedException {
        HttpResponse<byte[]> packed = packed();
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(caller.get("apis").body());
        }
        sandbox.setOptions(sandbox.options().withGzip(false));
        assertThat(packed().headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void textsSurviveTheWire() {
        String text = "\"\\/\b\t\n\u0000\u001fé€😀";
        sandbox.table("parts").insert(SandboxRow.values("PART_NO", text));
        assertThat(partNumbers("rowversion_gt=0")).endsWith(text);
    }

    @Test
    void numbersAndWhatNoColumnExplainsSurviveTheWire() {
        Map<String, @Nullable Object> odd = SandboxRow.values(
                "PART_NO", "odd", "PRICE", new BigDecimal("1e400"), "MORE", Map.of("list", List.of(1, true)));
        sandbox.table("parts").insert(odd);
        assertThat(caller.get("data/parts?PART_NO=odd").body())
                .contains("\"data\":{\"PART_NO\":\"odd\",\"price\":1E+400,\"MORE\":{\"list\":[1,true]}}");
    }

    @Test
    void apisComeAndGo() {
        sandbox.publish(
                SandboxApi.of("more", "full", SandboxColumn.text("ID", 5).key()), List.of());
        assertThat(sandbox.slugs()).containsExactly("parts", "more");
        assertThat(caller.json("data/more").path("rows")).isEmpty();
        sandbox.withdraw("parts");
        assertThat(caller.json("apis")).hasSize(1);
        assertThat(caller.get("data/parts").statusCode()).isEqualTo(404);
        assertThatThrownBy(() -> sandbox.rows("parts")).hasMessageContaining("parts");
    }

    @Test
    void whatWasAskedIsInTheLog() {
        caller.get("apis");
        caller.get("data/parts?page=2");
        RequestLog log = sandbox.log();
        assertThat(sandbox.requests()).containsExactly("/api/v1/apis", "/api/v1/data/parts?page=2");
        assertThat(log.count()).isEqualTo(2);
        assertThat(log.count("/api/v1/data/")).isEqualTo(1);
        assertThat(log.mostAtOnce()).isEqualTo(1);
        RequestLog.Entry entry = log.requestsOf("parts").get(0);
        assertThat(entry.method()).isEqualTo("GET");
        assertThat(entry.time()).isEqualTo(clock.instant());
        assertThat(entry.headers()).containsKey("host").doesNotContainKey("authorization");
        sandbox.forgetRequests();
        assertThat(log.entries()).isEmpty();
    }

    @Test
    void rowsMoveBetweenPagesOnDemand() {
        sandbox.after("parts", 1, () -> sandbox.table("parts").delete(0));
        sandbox.before("parts", 2, () -> sandbox.table("parts").insert(SandboxRow.values("PART_NO", "P-9")));
        assertThat(partNumbers("page=1&page_size=2")).containsExactly("P-1", "P-2");
        assertThat(partNumbers("page=2&page_size=2")).containsExactly("P-4", "P-5");
        assertThat(partNumbers("page=3&page_size=2")).containsExactly("P-9");
    }

    @Test
    void anActionRunsBeforeEveryAnswerWithItsNumber() {
        caller.get("data/parts");
        List<Integer> numbers = new ArrayList<>();
        sandbox.setBeforeAnswer(numbers::add);
        caller.get("data/parts");
        caller.get("apis");
        caller.get("data/parts");
        assertThat(numbers).containsExactly(1, 2);
    }

    private HttpResponse<byte[]> packed() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(caller.request("apis").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
    }

    private List<String> partNumbers(String query) {
        List<String> numbers = new ArrayList<>();
        caller.json("data/parts?" + query)
                .path("rows")
                .forEach(row -> numbers.add(row.path("data").path("PART_NO").asText()));
        return numbers;
    }
}
