package dev.caravan.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two entities that name one table. Stateless. */
final class Tables {
    private Tables() {}

    static void refuseShared(List<ConnectorSettings> connectors, List<String> problems) {
        Map<String, String> owners = new HashMap<>();
        for (ConnectorSettings connector : connectors) {
            connector
                    .settings()
                    .forEach((slug, entity) -> entity.targetTable().ifPresent(table -> {
                        String owner = connector.name() + "." + slug;
                        String other = owners.put((connector.schema() + "." + table).toLowerCase(Locale.ROOT), owner);
                        if (other != null) {
                            problems.add(other + " and " + owner + " both name the target table " + table);
                        }
                    }));
        }
    }
}
