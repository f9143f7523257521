package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of Dataverse tables once a clean run is over, read by plain JDBC against the sandbox's rows. */
final class DataverseLaws {
    private static final String SUM = "records_inserted + records_updated + records_skipped + records_failed"
            + " + records_pending + records_repeated";

    private DataverseLaws() {}

    /** Tables that hold all rows are equal to their sources, counts add up, and nothing is left behind. */
    static void hold(DataverseHouse house, String after, List<String> sets) throws SQLException {
        for (String set : sets) {
            assertThat(house.stored(set)).as("%s after %s", set, after).isEqualTo(house.source(set));
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
        assertThat(house.stored(set)).as("%s after %s", set, after).isEqualTo(wanted);
    }

    /** A linked table holds the rows whose ids stand in a column of another one. */
    static void holdLinked(DataverseHouse house, String after, String set, String from, String column)
            throws SQLException {
        Set<@Nullable String> linked = new HashSet<>();
        house.source(from).values().forEach(row -> linked.add(row.get(column)));
        Map<String, Map<String, @Nullable String>> wanted = house.source(set);
        wanted.keySet().retainAll(linked);
        assertThat(house.stored(set)).as("%s after %s", set, after).isEqualTo(wanted);
    }

    private static void none(DataverseHouse house, String after, String what, String query) throws SQLException {
        assertThat(house.one("SELECT count(*) FROM (" + query + ") found"))
                .as("%s after %s", what, after)
                .isEqualTo("0");
    }
}
