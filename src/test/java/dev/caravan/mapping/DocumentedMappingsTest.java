package dev.caravan.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import dev.caravan.normalize.Normaliser;
import dev.caravan.normalize.NormaliserOptions;
import dev.caravan.schema.OracleTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of the page are run: every row of a table that says what becomes of a value. */
class DocumentedMappingsTest {
    private static final Path PAGE = Path.of("docs/normalising-and-mapping.md");
    private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static List<Map<String, String>> examples() throws IOException {
        List<Map<String, String>> examples = new ArrayList<>();
        List<String> heads = List.of();
        for (String line : Files.readAllLines(PAGE)) {
            if (!line.startsWith("|")) {
                heads = List.of();
                continue;
            }
            List<String> cells = Arrays.stream(BAR.split(line.substring(1), -1))
                    .map(cell -> cell.strip().replace("\\|", "|"))
                    .toList();
            if (heads.isEmpty()) {
                heads = cells;
            } else if (heads.contains("becomes") && !cells.get(0).startsWith("---")) {
                Map<String, String> example = new LinkedHashMap<>();
                for (int i = 0; i < heads.size(); i++) {
                    example.put(heads.get(i), cells.get(i));
                }
                examples.add(example);
            }
        }
        return examples;
    }

    private static List<String> code(Map<String, String> example, String head) {
        Matcher matcher = CODE.matcher(example.getOrDefault(head, ""));
        return matcher.results().map(result -> result.group(1)).toList();
    }

    @TestFactory
    Stream<DynamicTest> everyExampleComesOutAsItIsWritten() throws IOException {
        return examples().stream()
                .flatMap(example -> (example.containsKey("chain") ? code(example, "chain") : List.of("F"))
                        .stream()
                                .map(chain -> DynamicTest.dynamicTest(chain + ": " + example, () -> {
                                    String expected = example.getOrDefault("becomes", "");
                                    assertThat(outcome(example, chain)).isEqualTo(expected.replace("`", ""));
                                })));
    }

    private static String outcome(Map<String, String> example, String chain) throws IOException {
        ColumnType type =
                OracleTypes.of(code(example, "declared").get(0), 0, 0, 0).orElse(ColumnType.text(0));
        Columns columns = new Columns(
                List.of(
                        new Column("F", "", type, true, false),
                        new Column("OTHER", "", ColumnType.text(0), true, false)),
                List.of());
        @Nullable Object[] raw = {value(code(example, "as it comes").get(0)), "other"};
        Mapper mapper = new Mapper(columns, List.of("F", "OTHER"), Map.of("F", chain));
        try {
            Row row = new Normaliser(columns, NormaliserOptions.DEFAULTS)
                    .normalise(Row.raw(columns, raw, null, "", null));
            Object made = new Validator(mapper).validate(mapper.map(row)).values()[0];
            String text = made == null ? "NULL" : PlainText.of(made);
            return example.getOrDefault("becomes", "").startsWith("`\"") ? JSON.writeValueAsString(text) : text;
        } catch (RecordFault refused) {
            return "refused " + refused.code();
        }
    }

    /** As a reader of pages hands it on. */
    private static @Nullable Object value(String json) throws IOException {
        JsonNode node = JSON.readTree(json);
        if (node.isTextual()) {
            return node.asText();
        }
        return node.isIntegralNumber() ? (Object) node.longValue() : node.decimalValue();
    }

    @Test
    void everyFunctionHasAnExample() throws IOException {
        TreeSet<String> shown = new TreeSet<>();
        for (Map<String, String> example : examples()) {
            code(example, "chain")
                    .forEach(chain -> ChainText.read("F", chain).forEach(call -> shown.add(call.folded())));
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(Functions.KNOWN);
        assertThat(examples()).hasSizeGreaterThan(70);
    }
}
