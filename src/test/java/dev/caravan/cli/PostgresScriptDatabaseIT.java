package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** On PostgreSQL. */
class PostgresScriptDatabaseIT extends ScriptDatabaseContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }

    @Test
    void aTableThatCannotBeTakenOverIsToldWithTheExitCodeOfASettingAndThenSynced() throws SQLException {
        things(3, false);
        execute(
                "CREATE TABLE vin_things (vin_thingid varchar(36) PRIMARY KEY, vin_name varchar(100), modifiedon TEXT,"
                        + " json_response TEXT NOT NULL, sync_time TEXT NOT NULL, valid_from TEXT)",
                "CREATE VIEW reading AS SELECT vin_thingid, modifiedon FROM vin_things");
        Said said = shop.run("sync");
        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(said.out()).contains("crm.vin_things", "misconfigured");
        assertThat(said.err()).contains("cannot be taken over", "view reading");
        assertThat(shop.run("sync", "--json").out()).contains("TABLE_UNFIT");
        said = shop.run("discover");
        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(said.out() + said.err()).contains("crm.vin_things", "view reading");

        execute("DROP VIEW reading");
        said = shop.run("sync");
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("vin_things");
        assertThat(shop.run("discover").code()).isZero();
    }
}
