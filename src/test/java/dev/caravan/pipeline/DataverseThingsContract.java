package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A contract that is tried on a table of things. */
abstract class DataverseThingsContract extends DataverseHouseContract {
    static final String THINGS = "vin_things";

    /** Has the house sync a table with so many things. */
    DataverseTable things(int count, boolean tracked) {
        TableDescription description = TableDescription.of(
                        "vin_thing",
                        THINGS,
                        "vin_name",
                        List.of(
                                DataverseColumn.text("vin_name", 100),
                                DataverseColumn.of("vin_price", ColumnKind.MONEY),
                                DataverseColumn.of("vin_day", ColumnKind.DATE),
                                DataverseColumn.of("vin_good", ColumnKind.BOOLEAN),
                                DataverseColumn.of("iscustomizable", ColumnKind.MANAGED)))
                .withUsualColumns()
                .withChangeTracking(tracked);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(thing(i));
        }
        house.with("tables", THINGS);
        return house.sandbox.publish(description, rows);
    }

    static Map<String, @Nullable Object> thing(int i) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("vin_name", "Thing " + i);
        row.put("vin_price", new BigDecimal(i + ".2500"));
        row.put("vin_day", "1990-01-1" + i % 10);
        row.put("vin_good", i % 2 == 0);
        row.put("iscustomizable", Map.of("Value", true, "CanBeChanged", true));
        return row;
    }

    static String id(int i) {
        return new UUID(1, i).toString();
    }

    void expectEqual(String set) throws SQLException {
        assertThat(house.stored(set)).isEqualTo(house.source(set));
        assertThat(house.one("SELECT count(*) FROM " + house.own("sync_runs")
                        + " WHERE status = 'completed' AND records_fetched <> records_inserted + records_updated"
                        + " + records_skipped + records_failed + records_pending + records_repeated"))
                .isEqualTo("0");
    }

    Outcome sync() {
        return sync(THINGS);
    }

    Outcome sync(String set) {
        Outcome outcome = house.sync(set);
        assertThat(outcome.status()).as(outcome.message()).isEqualTo("completed");
        return outcome;
    }

    /** Syncs, and has the n-th request for rows of a table refused. */
    void breakOff(String set, int request) {
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + set)
                .byNumber(number -> number == request ? DataverseFaults.status(403) : null);
        assertThat(house.sync(set).status()).isEqualTo("failed");
        house.sandbox.faults().clear();
    }
}
