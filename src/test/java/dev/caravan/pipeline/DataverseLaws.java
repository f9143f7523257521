package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must hold of Dataverse tables once a clean run is over, read by plain JDBC against the sandbox's rows. */
final class DataverseLaws {
    private static final String SUM = "records_inserted + records_updated + records_skipped + records_failed"
            + " + records_pending + records_repeated";

    private DataverseLaws() {}

    /** Tables that hold all rows are equal to their sources, counts add up, and nothing is left behind. */
    static void hold(DataverseHouse house, String after, List<String> sets) throws SQLException {
        for (String set : sets) {
            same(house, after, set, house.source(set));
        }
        String runs = house.own("sync_runs");
        none(house, after, "counts that do not add up", "SELECT 1 FROM " + runs + " WHERE records_fetched <> " + SUM);
        none(house, after, "runs left open", "SELECT 1 FROM " + runs + " WHERE status = 'running'");
        none(house, after, "locks left", "SELECT 1 FROM " + house.own("entity_locks"));
        none(house, after, "dead letters", "SELECT 1 FROM " + house.own("failed_records"));
        none(
                house,
                after,
                "checkpoints left",
                "SELECT 1 FROM " + house.own("sync_cursors") + " WHERE checkpoint IS NOT NULL");
    }

    /** A filtered table holds the rows that meet its condition. */
    static void holdFiltered(DataverseHouse house, String after, String set, String column, String value)
            throws SQLException {
        Map<String, Map<String, @Nullable String>> wanted = house.source(set);
        wanted.values().removeIf(row -> !value.equals(row.get(column)));
        same(house, after, set, wanted);
    }

    /** A linked table holds the rows whose ids stand in a column of another one. */
    static void holdLinked(DataverseHouse house, String after, String set, String from, String column)
            throws SQLException {
        Set<@Nullable String> linked = new HashSet<>();
        house.source(from).values().forEach(row -> linked.add(row.get(column)));
        Map<String, Map<String, @Nullable String>> wanted = house.source(set);
        wanted.keySet().retainAll(linked);
        same(house, after, set, wanted);
    }

    /** Names the rows that differ, not all of them. */
    private static void same(
            DataverseHouse house, String after, String set, Map<String, Map<String, @Nullable String>> wanted)
            throws SQLException {
        Map<String, Map<String, @Nullable String>> stored = house.stored(set);
        Map<String, String> different = new TreeMap<>();
        wanted.forEach((key, row) -> {
            Map<String, @Nullable String> held = stored.get(key);
            if (!row.equals(held)) {
                different.put(key, held == null ? "is not stored, at the source " + row : differing(row, held));
            }
        });
        stored.keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .forEach(key -> different.put(key, "is stored, and not at the source"));
        assertThat(different)
                .as("%s of %d rows after %s", set, wanted.size(), after)
                .isEmpty();
    }

    private static String differing(Map<String, @Nullable String> row, Map<String, @Nullable String> held) {
        StringJoiner cells = new StringJoiner(", ");
        row.forEach((column, value) -> {
            if (!Objects.equals(value, held.get(column))) {
                cells.add(column + " is " + held.get(column) + " instead of " + value);
            }
        });
        return cells.toString();
    }

    private static void none(DataverseHouse house, String after, String what, String query) throws SQLException {
        assertThat(house.one("SELECT count(*) FROM (" + query + ") found"))
                .as("%s after %s", what, after)
                .isEqualTo("0");
    }
}
