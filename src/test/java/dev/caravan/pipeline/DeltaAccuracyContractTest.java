package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of many rows, exactly those are written again that changed; a million rows in {@code -Pproof}. */
abstract class DeltaAccuracyContractTest {
    private static final int ROWS = Proof.LONG ? 1_000_000 : 20_000;
    private static final int CHANGED = ROWS / 100;
    private static final DateTimeFormatter VERSION = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    @TempDir
    Path folder = Path.of("");

    private House house = new House("", Path.of(""));

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        house.close();
        house = new House(freshDatabase(folder), folder).with("caravan.connector.erp.page-size", "1000");
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** One number a row, in the order of the source, that differs where any value does. */
    private int[] values() {
        List<SandboxRow> rows = house.sandbox.rows("things");
        int[] values = new int[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i).values().hashCode();
        }
        return values;
    }

    /** Changes rows at random, all in the second that the clock shows; answers their keys. */
    private Set<String> change(LocalDateTime second) {
        int[] before = values();
        house.sandbox.setClock(Clock.fixed(second.toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
        house.sandbox.edit("things", 0, CHANGED, 0);
        List<SandboxRow> rows = house.sandbox.rows("things");
        Set<String> changed = new TreeSet<>();
        for (int i = 0; i < before.length; i++) {
            SandboxRow row = rows.get(i);
            if (row.values().hashCode() != before[i]) {
                changed.add(row.value("ORDER_NO") + "/" + row.value("LINE_NO"));
            }
        }
        return changed;
    }

    /** Rows that were written since the mark, though they were there before; by plain JDBC. */
    private Set<String> written(String mark) throws SQLException {
        Set<String> keys = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection(house.jdbcUrl);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT \"ORDER_NO\", \"LINE_NO\" FROM things"
                        + " WHERE _bridge_updated_at <> _bridge_created_at AND _bridge_updated_at > '" + mark + "'")) {
            while (row.next()) {
                keys.add(row.getString(1) + "/" + row.getString(2));
            }
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowversion", "auto", "hash"})
    void exactlyTheRowsThatChangedAreWrittenAgain(String strategy) throws SQLException {
        house.sandbox.publishWide("things", ROWS, 7);
        house.with("caravan.connector.erp.entity.things.strategy", strategy);
        assertThat(house.sync().counts().inserted()).isEqualTo(ROWS);
        String newest =
                String.valueOf(house.sandbox.rows("things").get(ROWS - 1).rowVersion());
        for (int round = 0; round < 2; round++) {
            String mark = String.valueOf(house.one("SELECT max(_bridge_updated_at) FROM things"));
            Set<String> changed = change(LocalDateTime.parse(newest, VERSION).plusSeconds(round));
            assertThat(changed).hasSizeGreaterThan(CHANGED * 9 / 10);
            Outcome delta = house.sync();
            assertThat(delta.status()).as(delta.message()).isEqualTo("completed");
            assertThat(written(mark)).isEqualTo(changed);
            assertThat(delta.counts().updated()).isEqualTo(changed.size());
            assertThat(delta.counts().inserted() + delta.counts().deleted()).isZero();
            assertThat(delta.counts().fetched())
                    .isLessThanOrEqualTo(strategy.equals("hash") ? ROWS : CHANGED * 4L + 200);
            assertThat(house.sync().counts().updated()).isZero();
            Proof.say("delta accuracy, " + strategy + ", " + (house.isSqlite() ? "SQLite" : "PostgreSQL")
                    + (round == 0 ? ", changes in the second of the newest row" : ", changes in the second after it")
                    + ": of " + ROWS + " rows " + changed.size() + " changed, "
                    + delta.counts().fetched() + " fetched, " + delta.counts().updated() + " written, the same ones");
        }
    }
}
