package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in the way when a database that another tool has filled is taken over. */
abstract class DataverseTakeOverContractTest extends DataverseHouseContract {
    static final String STATE = "CREATE TABLE _sync_state (entity_name TEXT PRIMARY KEY, state TEXT NOT NULL,"
            + " last_sync_time TEXT, last_timestamp TEXT, records_count INTEGER DEFAULT 0)";

    void publish(String name) {
        house.sandbox.publish(
                TableDescription.of(name, name + "s", "vin_name", List.of(DataverseColumn.text("vin_name", 100)))
                        .withUsualColumns(),
                Collections.nCopies(3, Map.<String, @Nullable Object>of("vin_name", "A thing")));
    }

    @Test
    void aTableThatIsOnlyCalledAsTheScriptsLogStays() throws SQLException {
        publish("vin_thing");
        house.with("tables", "vin_things");
        Verifying.execute(
                house.jdbcUrl,
                STATE,
                "CREATE TABLE _sync_log (happened TEXT)",
                "INSERT INTO _sync_log VALUES ('by another program')");
        assertThat(house.discover())
                .anySatisfy(line -> assertThat(line).endsWith("its own tables are now _sync_state_old"));
        assertThat(house.one("SELECT happened FROM _sync_log")).isEqualTo("by another program");
        assertThat(house.one("SELECT count(*) FROM _sync_state_old")).isEqualTo("0");
        assertThat(house.sync("vin_things").status()).isEqualTo("completed");
        assertThat(house.one("SELECT records_count FROM _sync_state")).isEqualTo("3");
    }
}
