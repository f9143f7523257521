package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The edits that can be made to rows and columns, and the rows that come with the sandbox. */
class SandboxTableTest {
    private static final String FIRST = "20251208120000";
    private static final String LATER = "20251208120005";

    private final ApiSmithSandbox sandbox = ApiSmithSandbox.start(0);
    private final FakeClock clock = new FakeClock(Instant.parse("2025-12-08T12:00:00Z"));

    @BeforeEach
    void publish() {
        sandbox.setClock(clock);
        SandboxApi api = SandboxApi.of(
                "lines",
                "hash",
                SandboxColumn.number("ORDER_NO", 9, 0).key(),
                SandboxColumn.number("LINE_NO", 4, 0).key(),
                SandboxColumn.text("NAME", 40));
        sandbox.publish(api, List.of(line(1, 1, "a"), line(1, 2, "b"), line(2, 1, "c")));
        clock.advance(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void anEditGivesTheRowAVersionAndLeavesTheOthers() {
        SandboxTable lines = sandbox.table("lines");
        List<SandboxRow> before = lines.rows();
        lines.update(lines.positionOf(1, 2), SandboxRow.values("NAME", null));
        lines.insertAt(0, line(0, 1, "new"));
        assertThat(before).extracting(SandboxRow::rowVersion).containsOnly(FIRST);
        assertThat(lines.rows()).extracting(SandboxRow::rowVersion).containsExactly(LATER, FIRST, LATER, FIRST);
        assertThat(names()).containsExactly("new", "a", null, "c");
    }

    @Test
    void rowsAreDeletedAndMovedWithoutAnotherVersion() {
        SandboxTable lines = sandbox.table("lines");
        lines.move(2, 0);
        assertThat(names()).containsExactly("c", "a", "b");
        lines.delete(1);
        assertThat(names()).containsExactly("c", "b");
        assertThat(lines.rows()).extracting(SandboxRow::rowVersion).containsOnly(FIRST);
        assertThat(lines.size()).isEqualTo(2);
    }

    @Test
    void aRowIsFoundByItsWholeKeyOnly() {
        SandboxTable lines = sandbox.table("lines");
        assertThat(lines.positionOf(2L, "1")).isEqualTo(2);
        assertThat(lines.positionOf(2)).isEqualTo(-1);
        assertThat(lines.positionOf(2, 1, 1)).isEqualTo(-1);
        assertThat(lines.positionOf(3, 1)).isEqualTo(-1);
    }

    @Test
    void columnsComeGoAndChangeTheirTypeWithoutAnotherVersion() {
        SandboxTable lines = sandbox.table("lines");
        lines.addColumn(SandboxColumn.of("BORN", "DATE"), "2025-01-01");
        lines.removeColumn("NAME");
        lines.retypeColumn(SandboxColumn.number("LINE_NO", 12, 3).key());
        assertThat(lines.api().columns())
                .extracting(SandboxColumn::name)
                .containsExactly("ORDER_NO", "LINE_NO", "BORN");
        assertThat(lines.api().column("line_no").orElseThrow().scale()).isEqualTo(3);
        assertThat(lines.row(0))
                .isEqualTo(
                        new SandboxRow(SandboxRow.values("ORDER_NO", 1L, "LINE_NO", 1L, "BORN", "2025-01-01"), FIRST));
    }

    @Test
    void theKeyChangesAndTheColumnsSaySo() {
        SandboxTable lines = sandbox.table("lines");
        lines.changeKey("NAME", "ORDER_NO");
        lines.changeStrategy("full");
        assertThat(lines.api().businessKeyColumns()).containsExactly("NAME", "ORDER_NO");
        assertThat(lines.api().columns()).extracting(SandboxColumn::businessKey).containsExactly(true, false, true);
        assertThat(lines.api().deltaStrategy()).isEqualTo("full");
        lines.removeColumn("NAME");
        assertThat(lines.api().businessKeyColumns()).containsExactly("ORDER_NO");
    }

    @Test
    void editsAtRandomAreAsManyAsAskedForAndKeepTheKeysApart() {
        sandbox.edit("lines", 20, 0, 0);
        assertThat(sandbox.rows("lines")).hasSize(23);
        Set<List<@Nullable Object>> keys = new HashSet<>();
        sandbox.rows("lines").forEach(row -> keys.add(List.of(text(row, "ORDER_NO"), text(row, "LINE_NO"))));
        assertThat(keys).hasSize(23);
        List<SandboxRow> before = sandbox.rows("lines");
        sandbox.edit("lines", 0, 7, 0);
        assertThat(sandbox.rows("lines").stream().filter(row -> !before.contains(row)))
                .hasSize(7);
        sandbox.edit("lines", 0, 0, 22);
        assertThat(sandbox.rows("lines")).hasSize(1);
        sandbox.edit("lines", 0, 5, 5);
        assertThat(sandbox.rows("lines")).isEmpty();
        sandbox.edit("lines", 1, 1, 0);
        assertThat(sandbox.rows("lines")).hasSize(1);
    }

    @Test
    void aNameWithoutAValueIsNoRow() {
        assertThatThrownBy(() -> SandboxRow.values("NAME")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void generatedRowsCannotBeEditedOneByOne() {
        sandbox.publishWide("wide", 1, 1);
        assertThatThrownBy(() -> sandbox.table("wide")).hasMessageContaining("generated");
    }

    @Test
    void theSmallBusinessIsTheSameForTheSameSeedAndItsKeysAreUnique() {
        SandboxBusiness.publish(sandbox, 1);
        assertThat(sandbox.slugs()).containsExactly("lines", "customers", "items", "sales_orders", "order_lines");
        List<Integer> sizes = List.of(200, 1000, 2000, 5000);
        for (int i = 0; i < sizes.size(); i++) {
            String slug = sandbox.slugs().get(i + 1);
            SandboxApi api = sandbox.api(slug);
            Set<List<String>> keys = new HashSet<>();
            sandbox.rows(slug)
                    .forEach(row -> keys.add(api.businessKeyColumns().stream()
                            .map(key -> text(row, key))
                            .toList()));
            assertThat(keys).as(slug).hasSize(sizes.get(i));
        }
        List<SandboxRow> items = sandbox.rows("items");
        SandboxBusiness.publish(sandbox, 1);
        assertThat(sandbox.rows("items")).isEqualTo(items);
        SandboxBusiness.publish(sandbox, 2);
        assertThat(sandbox.rows("items")).isNotEqualTo(items);
    }

    private List<@Nullable Object> names() {
        List<@Nullable Object> names = new ArrayList<>();
        sandbox.rows("lines").forEach(row -> names.add(row.value("NAME")));
        return names;
    }

    private static String text(SandboxRow row, String column) {
        return String.valueOf(row.value(column));
    }

    private static Map<String, @Nullable Object> line(long order, long line, String name) {
        return SandboxRow.values("ORDER_NO", order, "LINE_NO", line, "NAME", name);
    }
}
