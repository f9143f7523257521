package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On PostgreSQL, which minds the types of columns. */
final class PostgresDataverseTakeOverIT extends DataverseTakeOverContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }

    @Test
    void aTableThatSomebodysViewReadsIsLeftOutAndTheOthersAreSynced() throws SQLException {
        publish("vin_thing");
        publish("vin_other");
        house.with("tables", "vin_things, vin_others");
        Verifying.execute(
                house.jdbcUrl,
                "CREATE TABLE vin_things (vin_thingid varchar(36) PRIMARY KEY, vin_name varchar(100), modifiedon TEXT,"
                        + " json_response TEXT NOT NULL, sync_time TEXT NOT NULL, valid_from TEXT)",
                "INSERT INTO vin_things VALUES ('00000000-0000-4000-8000-000000000001', 'Old', '2024-01-20T00:00:00Z',"
                        + " '{}', '2024-01-20T00:00:00Z', '2024-01-20T00:00:00Z')",
                "CREATE VIEW reading AS SELECT vin_thingid, modifiedon FROM vin_things");
        List<String> news = house.discover();
        assertThat(news)
                .filteredOn(line -> line.startsWith("crm.vin_things: not synced."))
                .singleElement()
                .asString()
                .contains("cannot be taken over", "view reading", "drop that");
        Map<String, Outcome> outcomes = house.syncAll(false);
        assertThat(outcomes).containsOnlyKeys("vin_others");
        assertThat(outcomes.values())
                .allSatisfy(outcome -> assertThat(outcome.status()).isEqualTo("completed"));
        assertThat(house.one("SELECT modifiedon FROM reading")).isEqualTo("2024-01-20T00:00:00Z");
        assertThat(house.engine().stores().alerts().open())
                .singleElement()
                .satisfies(alert -> assertThat(alert.subject()).isEqualTo("crm.vin_things"));

        Verifying.execute(house.jdbcUrl, "DROP VIEW reading");
        assertThat(house.syncAll(true)).containsOnlyKeys("vin_things", "vin_others");
        assertThat(house.stored("vin_things")).isEqualTo(house.source("vin_things"));
        assertThat(house.engine().stores().alerts().open()).isEmpty();
    }
}
