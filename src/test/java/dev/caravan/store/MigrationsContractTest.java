package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of what is remembered: made, kept, refused. */
abstract class MigrationsContractTest {
    private Database database;
    private JdbcTemplate sql;

    /** The address of an empty database. */
    abstract String freshUrl();

    @BeforeEach
    void open() {
        database = Database.open(freshUrl(), null, null, 2, false);
        sql = new JdbcTemplate(database.pool());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void saysWhetherAnythingIsRemembered() {
        assertThat(Migrations.check(database)).isEqualTo(Migrations.State.MISSING);
        Migrations.migrate(database);
        assertThat(Migrations.check(database)).isEqualTo(Migrations.State.CURRENT);
        Migrations.migrate(database);
        assertThat(Migrations.check(database)).isEqualTo(Migrations.State.CURRENT);
    }

    @Test
    void makesItsTablesBesideThoseOfOthers() {
        sql.execute("CREATE TABLE items (id INTEGER)");
        sql.execute("CREATE TABLE flyway_schema_history (id INTEGER)");

        Migrations.migrate(database);

        assertThat(Migrations.check(database)).isEqualTo(Migrations.State.CURRENT);
    }

    @Test
    void refusesTablesOfANewerVersion() {
        Migrations.migrate(database);
        sql.update("INSERT INTO " + history() + " (installed_rank, version, description, type, script, checksum,"
                + " installed_by, installed_on, execution_time, success)"
                + " SELECT 99, '99', 'later', type, 'V99__later.sql', 1, installed_by, installed_on, 1, success FROM "
                + history() + " WHERE version = '1'");

        assertThat(Migrations.check(database)).isEqualTo(Migrations.State.NEWER);
        assertThatThrownBy(() -> Migrations.migrate(database))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void refusesAMigrationThatIsNotOurs() {
        Migrations.migrate(database);
        sql.update("UPDATE " + history() + " SET checksum = 1 WHERE version = '1'");

        assertRefused("migration 1");
    }

    @Test
    void refusesAMissingTable() {
        Migrations.migrate(database);
        sql.execute("DROP TABLE " + database.table("sync_cursors"));

        assertRefused("sync_cursors");
    }

    @Test
    void refusesTablesWithoutTheirHistory() {
        Migrations.migrate(database);
        sql.execute("DROP TABLE " + history());

        assertRefused("history");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> Migrations.check(database))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> Migrations.migrate(database))
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo("STATE_REFUSED"));
    }

    private String history() {
        return database.isSqlite() ? "caravan_flyway" : "caravan.flyway_history";
    }
}
