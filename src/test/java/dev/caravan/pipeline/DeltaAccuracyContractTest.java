package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of many rows, exactly those are written again that changed; a million rows in {@code -Pproof}. */
abstract class DeltaAccuracyContractTest {
    private static final int ROWS = Proof.LONG ? 1_000_000 : 20_000;
    private static final int CHANGED = ROWS / 100;
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

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

    /** About forty rows share each second, as a nightly job of an ERP writes them. */
    private static String version(int tick) {
        return LocalDateTime.of(2025, 1, 1, 0, 0).plusSeconds(tick / 40).format(SECOND);
    }

    private void publish(String strategy) {
        List<SandboxRow> rows = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            Map<String, @Nullable Object> values =
                    SandboxRow.values("ID", String.format(Locale.ROOT, "T-%07d", i), "NAME", "Thing " + i);
            rows.add(new SandboxRow(values, version(i)));
        }
        house.sandbox.publishRows(
                SandboxApi.of("things", strategy, SandboxColumn.text("ID", 20).key(), SandboxColumn.text("NAME", 40)),
                rows);
    }

    /** Changes rows in the source; those of a version are in the second of the newest row that is stored, and after it. */
    private Set<String> change(String strategy, Random random, int round) {
        SandboxTable things = house.sandbox.table("things");
        Set<String> changed = new TreeSet<>();
        int tick = ROWS - 1 + (round - 1) * CHANGED;
        for (int i = 0; i < CHANGED; i++) {
            int position = random.nextInt(ROWS);
            String id = String.valueOf(things.row(position).value("ID"));
            things.update(position, SandboxRow.values("NAME", "Changed " + round + " " + id));
            things.setVersion(position, strategy.equals("hash") ? "0" : version(tick + i));
            changed.add(id);
        }
        return changed;
    }

    /** Rows that were written after they were first stored, and since the mark; by plain JDBC. */
    private Set<String> written(String mark) throws SQLException {
        Set<String> ids = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection(house.jdbcUrl);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT \"ID\" FROM things WHERE _bridge_updated_at <>"
                        + " _bridge_created_at AND _bridge_updated_at > '" + mark + "'")) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowversion", "auto", "hash"})
    void exactlyTheRowsThatChangedAreWrittenAgain(String strategy) throws SQLException {
        publish(strategy);
        assertThat(house.sync().counts().inserted()).isEqualTo(ROWS);
        Random random = new Random(17);
        for (int round = 1; round <= 2; round++) {
            String mark = String.valueOf(house.one("SELECT max(_bridge_updated_at) FROM things"));
            Set<String> changed = change(strategy, random, round);
            Outcome delta = house.sync();
            assertThat(delta.status()).as(delta.message()).isEqualTo("completed");
            assertThat(written(mark)).isEqualTo(changed);
            assertThat(delta.counts().updated()).isEqualTo(changed.size());
            assertThat(delta.counts().inserted() + delta.counts().deleted()).isZero();
            long fetched = delta.counts().fetched();
            assertThat(fetched).isLessThanOrEqualTo(strategy.equals("hash") ? ROWS : CHANGED * 2L + 80);
            assertThat(house.sync().counts().updated()).isZero();
            Proof.say("delta accuracy, " + strategy + ", " + (house.isSqlite() ? "SQLite" : "PostgreSQL") + ", round "
                    + round + ": of " + ROWS + " rows " + changed.size() + " changed, " + fetched + " fetched, "
                    + delta.counts().updated() + " written, the same ones");
        }
    }
}
