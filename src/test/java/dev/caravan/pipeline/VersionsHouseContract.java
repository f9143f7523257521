package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.SandboxTable;
import dev.caravan.testing.FakeClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A house whose things keep their versions; each sync is a minute after the one before. */
abstract class VersionsHouseContract extends HouseContract {
    static final String HISTORY = "caravan.connector.erp.entity.things.history";

    final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T12:00:00Z"));

    @BeforeEach
    void keepVersions() {
        house.clock(clock).with(HISTORY, "true");
    }

    void sync() throws SQLException {
        clock.advance(Duration.ofMinutes(1));
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(house.stored()).isEqualTo(house.source());
        VersionLaws.hold(house, "things", "\"ID\"", "a sync");
    }

    SandboxTable things() {
        return house.sandbox.table("things");
    }

    /** Names of the versions of a thing in order, each with the minute in which it began and ended. */
    String versions(String id) throws SQLException {
        List<String> versions = new ArrayList<>();
        for (List<@Nullable String> row : house.rows("SELECT \"NAME\", valid_from, valid_to FROM things_history WHERE"
                + " \"ID\" = '" + id + "' ORDER BY valid_from, coalesce(valid_to, valid_from)")) {
            versions.add(row.get(0) + " " + minute(row.get(1)) + "-" + minute(row.get(2)));
        }
        return String.join(", ", versions);
    }

    static String minute(@Nullable String time) {
        return time == null ? "" : time.substring(14, 16);
    }

    long versions() throws SQLException {
        return Long.parseLong(String.valueOf(house.one("SELECT count(*) FROM things_history")));
    }
}
