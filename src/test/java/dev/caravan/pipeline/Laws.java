package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.ScheduleHubSandbox;
import java.sql.SQLException;

/** What must hold once a clean run is over, whatever happened before: read by plain JDBC against the sandbox's rows. */
final class Laws {
    private static final String SUM = "records_inserted + records_updated + records_skipped + records_failed"
            + " + records_pending + records_repeated";

    private Laws() {}

    /** Target and source are equal, nothing is doubled, the counts of all runs add up, and nothing is left behind. */
    static void hold(House house, String after) throws SQLException {
        assertThat(house.stored()).as(after).isEqualTo(house.source());
        ScheduleHubSandbox hub = house.hub();
        if (hub == null) {
            none(house, after, "rows under one key", "SELECT 1 FROM things GROUP BY \"ID\" HAVING count(*) > 1");
            none(
                    house,
                    after,
                    "rows under one hash",
                    "SELECT 1 FROM things GROUP BY _bridge_bk_hash HAVING count(*) > 1");
        } else {
            String sent = house.own("sent_records");
            none(house, after, "records that are to go", "SELECT 1 FROM " + sent + " WHERE is_gone");
            assertThat(house.one("SELECT count(*) FROM " + sent))
                    .as("records that are remembered as sent, after " + after)
                    .isEqualTo(Integer.toString(hub.records("things").size()));
        }
        String runs = house.own("sync_runs");
        none(
                house,
                after,
                "runs whose counts do not add up",
                "SELECT 1 FROM " + runs + " WHERE records_fetched <> " + SUM);
        none(house, after, "runs left open", "SELECT 1 FROM " + runs + " WHERE status = 'running'");
        none(house, after, "locks left", "SELECT 1 FROM " + house.own("entity_locks"));
        none(house, after, "dead letters", "SELECT 1 FROM " + house.own("failed_records"));
        none(
                house,
                after,
                "checkpoints left",
                "SELECT 1 FROM " + house.own("sync_cursors") + " WHERE checkpoint IS NOT NULL");
        if (!house.isSqlite()) {
            none(
                    house,
                    after,
                    "tables left",
                    "SELECT 1 FROM pg_tables WHERE tablename LIKE 'seen%' OR tablename LIKE 'refused%'");
        }
    }

    private static void none(House house, String after, String what, String query) throws SQLException {
        assertThat(house.one("SELECT count(*) FROM (" + query + ") found"))
                .as("%s after %s", what, after)
                .isEqualTo("0");
    }
}
