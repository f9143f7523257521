package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.ScheduleHubSandbox;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A house whose things go to a ScheduleHub, a few in a batch. */
abstract class HubContract extends HouseContract {
    static final String BATCH = "/api/v1/things/batch";

    final ScheduleHubSandbox hub = ScheduleHubSandbox.start(0);

    @Override
    House aim(House at) {
        return at.with("caravan.connector.hub.type", "schedulehub")
                .with("caravan.connector.hub.url", hub.url())
                .with("caravan.connector.hub.username", ApiSmithSandbox.USER)
                .with("caravan.connector.hub.password", ApiSmithSandbox.PASSWORD)
                .with("caravan.connector.hub.page-size", "7")
                .with("caravan.connector.hub.data-timeout", "3s")
                .with("caravan.connector.erp.entity.things.target", "hub");
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    /** What ScheduleHub holds, by key; fails where a key is there twice. */
    Map<String, String> held() {
        Map<String, String> held = new TreeMap<>();
        for (Map<String, @Nullable Object> record : hub.records("things")) {
            String before = held.put(
                    String.valueOf(record.get("ID")),
                    record.get("NAME") + "|" + record.get("AMOUNT") + "|" + record.get("BORN") + "|"
                            + record.get("SEEN"));
            assertThat(before).as("key " + record.get("ID") + " twice").isNull();
        }
        return held;
    }

    void expectEqual() throws SQLException {
        assertThat(held()).isEqualTo(house.source());
        expectCountsToAddUp();
    }

    void expectCountsToAddUp() throws SQLException {
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs")
                        + " WHERE records_fetched <> records_inserted + records_updated + records_skipped"
                        + " + records_failed + records_pending + records_repeated"))
                .isEqualTo("0");
    }
}
