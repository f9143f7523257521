package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.DatabaseSettings;
import dev.caravan.config.Secret;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.route.TakeOver;
import dev.caravan.store.Database;
import java.util.List;

/** Looks into a database as it is, before anything is made in it, for what another tool has left there. Stateless. */
final class OldTool {
    private OldTool() {}

    static List<String> announce(Settings settings, ConnectorSettings connector) {
        if (!connector.type().equals("dataverse")) {
            return List.of();
        }
        DatabaseSettings where = settings.databaseOf(connector);
        try (Database database = Database.open(
                where.url(),
                where.username().orElse(null),
                where.password().map(Secret::value).orElse(null),
                1,
                true)) {
            return TakeOver.announce(database, connector);
        } catch (CaravanException fault) {
            if (fault.code().equals("DATABASE_MISSING")) {
                return List.of();
            }
            throw fault;
        }
    }
}
