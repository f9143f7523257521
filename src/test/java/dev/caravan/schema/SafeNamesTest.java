package dev.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.testing.HostileNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeNamesTest {
    @ParameterizedTest
    @CsvSource({
        "items, items",
        "Sales-Orders, sales_orders",
        "a  b//c, a_b_c",
        "../../etc/passwd, etc_passwd",
        "2024, t_2024",
        "sqlite_master, t_sqlite_master",
        "caravan_sync_runs, t_caravan_sync_runs",
        "ITEMS, items",
    })
    void makesATableOfASlug(String slug, String table) {
        assertThat(SafeNames.table(slug)).isEqualTo(table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "😀", "---", "表"})
    void neverLeavesATableWithoutAName(String slug) {
        assertThat(SafeNames.table(slug)).matches("t_[0-9a-f]{8}");
    }

    @Test
    void makesNoDifferenceWhereTurkishIsSpoken() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            assertThat(SafeNames.table("ITEMS")).isEqualTo("items");
            assertThat(SafeNames.columns(List.of("ID", "id"))).startsWith("ID");
            assertThat(SafeNames.columns(List.of("ID", "id")).get(1)).startsWith("id_");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keepsGoodNamesAsTheyAre() {
        List<String> names = List.of("PART_NO", "Preis €", "select", "a\"b", "PO#", "XMIN", "名前", "a b", "';--");

        assertThat(SafeNames.columns(names)).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_bridge_id", "_BRIDGE_ID", "_bridge_new", "ctid", "xmin", "tableoid"})
    void givesANameThatIsTakenASuffix(String name) {
        assertThat(SafeNames.columns(List.of(name)).get(0)).matches(name + "_[0-9a-f]{8}");
    }

    @Test
    void cutsByBytesAndNeverWithinACharacter() {
        String umlauts = "ä".repeat(200);
        String faces = "😀".repeat(200);

        List<String> safe = SafeNames.columns(List.of(umlauts, faces, "ä".repeat(201)));

        assertThat(safe).doesNotHaveDuplicates();
        assertThat(safe.get(0)).matches("ä{27}_[0-9a-f]{8}");
        assertThat(safe.get(1)).matches("(😀){13}_[0-9a-f]{8}");
    }

    @Test
    void letsASafeNameKeepItWhereverItStands() {
        assertThat(SafeNames.columns(List.of("A\0", "A"))).element(1).isEqualTo("A");
        assertThat(SafeNames.columns(List.of("A", "A\0"))).element(0).isEqualTo("A");
    }

    @Test
    void givesEachNameTheSameOneInAnyOrder() {
        List<String> names = new ArrayList<>(HostileNames.distinct());
        Map<String, String> first = named(names);
        Collections.reverse(names);

        assertThat(named(names)).isEqualTo(first);
    }

    @Test
    void makesHostileNamesSafeAllTogether() {
        List<String> safe = SafeNames.columns(HostileNames.all());

        Set<String> folded = new HashSet<>();
        for (String name : safe) {
            assertThat(name).isNotBlank();
            assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(63);
            assertThat(name.codePoints().noneMatch(Character::isISOControl)).isTrue();
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(name)).isTrue();
            assertThat(folded.add(name.toLowerCase(Locale.ROOT))).isTrue();
        }
        assertThat(safe).hasSameSizeAs(HostileNames.all());
    }

    @Test
    void settlesAThousandNamesThatAreAlike() {
        List<String> names = Collections.nCopies(1000, "x");

        assertThat(new HashSet<>(SafeNames.columns(names))).hasSize(1000);
    }

    private static Map<String, String> named(List<String> names) {
        List<String> safe = SafeNames.columns(names);
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), safe.get(i));
        }
        return named;
    }
}
