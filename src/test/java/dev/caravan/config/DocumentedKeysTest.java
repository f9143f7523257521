package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page of keys and the reader say the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedKeysTest {
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*\\| (?:`([^`]*)` )?\\|");

    private final Map<String, Map<String, String>> tables = new LinkedHashMap<>();

    @BeforeAll
    void readPage() throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("docs/reference/configuration.md"))) {
            if (line.startsWith("## ")) {
                table = new LinkedHashMap<>();
                tables.put(line.substring(3), table);
            }
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                table.put(
                        row.group(1).replaceFirst("<.*>$", "*"),
                        String.valueOf(row.group(2)).replace("null", ""));
            }
        }
    }

    private Map<String, String> table(String heading) {
        return tables.getOrDefault(heading, Map.of());
    }

    @Test
    void everyKeyIsDocumentedAndEveryDocumentedKeyIsRead() {
        assertThat(table("Keys that stand alone").keySet())
                .containsExactlyInAnyOrderElementsOf(Keys.ROOT.types().keySet());
        assertThat(table("A named database").keySet())
                .containsExactlyInAnyOrderElementsOf(Keys.DATABASE.types().keySet());
        assertThat(table("A connector").keySet())
                .containsExactlyInAnyOrderElementsOf(Keys.CONNECTOR.types().keySet());
        assertThat(table("An entity").keySet())
                .containsExactlyInAnyOrderElementsOf(Keys.ENTITY.types().keySet());
        assertThat(table("A two-way definition").keySet())
                .containsExactlyInAnyOrderElementsOf(Keys.BRIDGE.types().keySet());
    }

    @Test
    void writingADefaultDownChangesNothing(@TempDir Path folder) {
        ConfigurationFolder in = new ConfigurationFolder(folder);
        String named = "caravan.connector.erp.entity.items.enabled = true";
        List<String> lines = new ArrayList<>(List.of(named));
        table("Keys that stand alone").forEach((key, value) -> add(lines, key, value));
        table("A connector").forEach((key, value) -> {
            if (Keys.CONNECTOR.isFor(key, "apismith")) {
                add(lines, "caravan.connector.erp." + key, value);
            }
        });
        table("An entity").forEach((key, value) -> {
            if (Keys.ENTITY.isFor(key, "apismith")) {
                add(lines, "caravan.connector.erp.entity.items." + key, value);
            }
        });

        assertThat(lines).hasSizeGreaterThan(25);
        assertThat(in.examineErp(lines.toArray(new String[0])).settings())
                .isEqualTo(in.examineErp(named).settings());
    }

    private static void add(List<String> lines, String key, String value) {
        if (!value.isEmpty()) {
            lines.add(key + " = " + value);
        }
    }
}
