package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.Settings;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import dev.caravan.route.SyncOptions;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector with a database of its own: its tables and all that is remembered of them are there, and only there. */
abstract class NamedDatabasesContractTest {
    @TempDir
    Path folder = Path.of("");

    private String main = "";
    private String archive = "";
    private House house = new House("", Path.of(""));

    /** A database that nobody uses yet. */
    abstract String archive(Path folder);

    @BeforeEach
    void open() {
        house.close();
        main = "jdbc:sqlite:" + folder.resolve("main.db");
        archive = archive(folder);
        house = new House(main, folder)
                .with("caravan.database.archive.url", archive)
                .with("caravan.connector.old.type", "apismith")
                .with("caravan.connector.old.database", "archive");
        house.with("caravan.connector.old.url", house.sandbox.url())
                .with("caravan.connector.old.token", house.sandbox.token())
                .with("caravan.connector.old.page-size", "10")
                .things(35, "hash");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private List<Outcome> sync() {
        Settings settings = house.settings();
        try (Engine engine = Engine.start(settings, Clock.systemUTC())) {
            settings.connectors().forEach(engine::discover);
            List<EntityRecord> entities = engine.entities();
            assertThat(entities).extracting(EntityRecord::name).containsExactly("erp.things", "old.things");
            return engine.sync(entities, new SyncOptions(false, "cli", Duration.ofSeconds(1)), outcome -> {});
        }
    }

    private static @Nullable String one(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static String own(String url, String table) {
        return url.startsWith("jdbc:sqlite") ? "caravan_" + table : "caravan." + table;
    }

    @Test
    void rowsAndStateOfEachConnectorAreInItsOwnDatabase() throws SQLException {
        assertThat(sync()).extracting(Outcome::status).containsOnly("completed");
        for (String url : List.of(main, archive)) {
            assertThat(one(url, "SELECT count(*) FROM things")).isEqualTo("35");
            assertThat(one(url, "SELECT count(*) FROM " + own(url, "sync_runs")))
                    .isEqualTo("1");
            assertThat(one(url, "SELECT count(*) FROM " + own(url, "entities"))).isEqualTo("1");
        }
        assertThat(one(main, "SELECT name FROM caravan_connectors")).isEqualTo("erp");
        assertThat(one(archive, "SELECT name FROM " + own(archive, "connectors")))
                .isEqualTo("old");
        assertThat(sync()).allMatch(outcome -> outcome.counts().unchanged());
    }

    @Test
    void aRowThatOneDatabaseRefusesIsADeadLetterThere() throws SQLException {
        sync();
        house.sandbox.table("things").update(3, SandboxRow.values("AMOUNT", "not a number"));
        assertThat(sync()).allMatch(outcome -> outcome.newDeadLetters() == 1);
        for (String url : List.of(main, archive)) {
            assertThat(one(url, "SELECT count(*) FROM " + own(url, "failed_records")))
                    .isEqualTo("1");
        }
    }

    @Test
    void aRunThatFailsLeavesRowsAndCheckpointOfItsDatabaseTogether() throws SQLException {
        house.with("caravan.workers", "1");
        house.sandbox.setFaults(number -> number >= 9 ? SandboxFault.status(400) : null);
        assertThat(sync()).extracting(Outcome::status).contains("failed");
        house.sandbox.setFaults(number -> null);
        String stored = String.valueOf(one(archive, "SELECT count(*) FROM things"));
        assertThat(one(archive, "SELECT sum(records_inserted) FROM " + own(archive, "sync_runs")))
                .isEqualTo(stored);
        assertThat(sync()).extracting(Outcome::status).containsOnly("completed");
        assertThat(one(archive, "SELECT count(*) FROM things")).isEqualTo("35");
    }

    @Test
    void aMainDatabaseThatNobodyUsesIsNotMade() throws SQLException {
        house.with("caravan.connector.erp.database", "archive").with("caravan.connector.erp.table-prefix", "erp_");
        sync();
        assertThat(folder.resolve("main.db")).doesNotExist();
        assertThat(one(archive, "SELECT count(*) FROM erp_things")).isEqualTo("35");
    }
}
