package dev.caravan.store;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Brings our own tables to this version. Stateless. */
public final class Migrations {
    private static final Map<String, String> SQLITE =
            Map.of("p", "caravan_", "i", "caravan_", "uuid", "TEXT", "ts", "TEXT", "bool", "BOOLEAN", "json", "TEXT");
    private static final Map<String, String> POSTGRES =
            Map.of("p", "caravan.", "i", "", "uuid", "UUID", "ts", "TIMESTAMPTZ", "bool", "BOOLEAN", "json", "TEXT");

    private Migrations() {}

    /**
     * Makes or updates our own tables.
     *
     * @throws CaravanException STATE_REFUSED if they come from a newer version or were changed by hand
     */
    public static void migrate(Database database) {
        var configuration = Flyway.configure()
                .dataSource(database.pool())
                .locations("classpath:db/migration")
                .placeholders(database.isSqlite() ? SQLITE : POSTGRES)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .ignoreMigrationPatterns(new String[0])
                .failOnMissingLocations(true);
        if (database.isSqlite()) {
            configuration.table("caravan_flyway");
        } else {
            new JdbcTemplate(database.pool()).execute("CREATE SCHEMA IF NOT EXISTS caravan");
            configuration.schemas("caravan").defaultSchema("caravan").table("flyway_history");
        }
        try {
            configuration.load().migrate();
        } catch (FlywayException refused) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "STATE_REFUSED",
                    "What this database remembers does not fit this version of Caravan: " + refused.getMessage(),
                    refused);
        }
    }
}
