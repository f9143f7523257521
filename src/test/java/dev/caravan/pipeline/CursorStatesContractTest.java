package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.EntityRecord;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever state a table is in, or comes into: how far it has come is not forgotten. */
abstract class CursorStatesContractTest {
    private static final String THINGS = "vin_things";
    private static final List<String> STATES =
            List.of("pending", "running", "completed", "failed", "throttled", "cancelled");

    @TempDir
    Path folder = Path.of("");

    abstract String freshDatabase(Path folder);

    static Stream<Arguments> each() {
        return STATES.stream()
                .flatMap(state ->
                        Stream.of("track", "version", "modified", "full").map(way -> Arguments.of(state, way)));
    }

    private static DataverseTable things(DataverseHouse house) {
        TableDescription description = TableDescription.of(
                        "vin_thing", THINGS, "vin_name", List.of(DataverseColumn.text("vin_name", 100)))
                .withUsualColumns()
                .withChangeTracking(true);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            rows.add(Map.of("vin_name", "Thing " + i));
        }
        return house.sandbox.publish(description, rows);
    }

    private static Map<String, String> cursors(DataverseHouse house) {
        EntityRecord entity = house.engine().stores().entities().find(THINGS).orElseThrow();
        return house.engine().stores().cursors().values(entity.uid());
    }

    private static void change(DataverseTable things, String name) {
        things.keys(25).forEach(key -> things.set(key, "vin_name", name));
    }

    @ParameterizedTest
    @MethodSource("each")
    void noStateLosesACursor(String state, String strategy) throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            DataverseTable things = things(house);
            house.with("tables", THINGS)
                    .with("table." + THINGS + ".strategy", strategy)
                    .with("overlap", "0s")
                    .with("retry-time-budget", "0s")
                    .with("throttle-time-budget", "0s");
            assertThat(house.sync(THINGS).status()).isEqualTo("completed");
            Map<String, String> before = cursors(house);
            boolean whole = strategy.equals("full");
            assertThat(before.isEmpty()).isEqualTo(whole);

            bringInto(state, house, things);
            if (!state.equals("completed")) {
                assertThat(cursors(house)).isEqualTo(before);
            }
            assertThat(cursors(house).keySet()).isEqualTo(before.keySet());

            things.set(things.keys(3).get(2), "vin_name", "Changed in the end");
            Outcome outcome = house.sync(THINGS);
            assertThat(outcome.status()).as(outcome.message()).isEqualTo("completed");
            assertThat(house.one("SELECT run_type FROM " + house.own("sync_runs") + " ORDER BY uid DESC LIMIT 1"))
                    .isEqualTo(whole ? "full" : "delta");
            assertThat(house.stored(THINGS)).isEqualTo(house.source(THINGS));
        }
    }

    private static void bringInto(String state, DataverseHouse house, DataverseTable things) {
        EntityRecord entity = house.engine().stores().entities().find(THINGS).orElseThrow();
        var faults = house.sandbox.faults().on(DataverseSandbox.DATA + THINGS);
        switch (state) {
            case "pending" -> house.engine().stores().entities().setStatus(entity.uid(), "pending");
            case "running" -> {
                AtomicReference<Map<String, String>> meanwhile = new AtomicReference<>(Map.of());
                change(things, "While it runs");
                house.sandbox.forgetRequests();
                house.sandbox.before(THINGS, 1, () -> meanwhile.set(cursors(house)));
                Map<String, String> held = cursors(house);
                faults.at(2, DataverseFaults.status(500));
                house.sync(THINGS);
                assertThat(meanwhile.get()).isEqualTo(held);
                house.engine().stores().runs().open(entity.uid(), "delta", "cli", null, "elsewhere/1");
                house.engine().stores().entities().setStatus(entity.uid(), "running");
            }
            case "completed" ->
                assertThat(house.sync(THINGS).counts().unchanged()).isTrue();
            case "failed" -> {
                faults.next(1, DataverseFaults.status(500));
                assertThat(house.sync(THINGS).status()).isEqualTo("failed");
            }
            case "throttled" -> {
                faults.next(1, DataverseFaults.throttled(Duration.ofSeconds(1)));
                assertThat(house.sync(THINGS).status()).isEqualTo("throttled");
                house.restart();
            }
            case "cancelled" -> {
                change(things, "Not seen yet");
                house.sandbox.forgetRequests();
                house.sandbox.before(THINGS, 1, () -> house.engine().stop());
                assertThat(house.sync(THINGS).status()).isEqualTo("cancelled");
                house.restart();
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    @Test
    void aCallThatIsRepeatedHoldsNoSecondPermit() throws SQLException {
        try (DataverseHouse house = new DataverseHouse(freshDatabase(folder), folder)) {
            things(house);
            house.with("tables", THINGS).with("concurrency", "1");
            var faults = house.sandbox.faults().on(DataverseSandbox.DATA + THINGS);
            faults.at(1, DataverseFaults.status(500));
            faults.at(2, DataverseFaults.throttled(Duration.ofSeconds(1)));
            faults.at(4, DataverseFaults.unavailable(Duration.ofSeconds(1)));
            Outcome outcome = house.sync(THINGS);
            assertThat(outcome.status()).as(outcome.message()).isEqualTo("completed");
            assertThat(house.stored(THINGS)).isEqualTo(house.source(THINGS));
        }
    }
}
