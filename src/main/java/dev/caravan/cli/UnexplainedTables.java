package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import dev.caravan.store.Database;
import dev.caravan.target.sql.HistoryMaker;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Tables beside those of the entities, in the schemas that these are in. Stateless. */
final class UnexplainedTables {
    /** Our own, the database's own, and what an older program left. */
    private static final List<String> OWN = List.of("caravan_", "sqlite_", "_sync_");

    private static final String PUT_ASIDE = "_until_\\d+$";

    private UnexplainedTables() {}

    static List<String> of(Database database, List<EntityRecord> entities) throws SQLException {
        Set<String> known = new HashSet<>();
        Set<String> schemas = new TreeSet<>();
        for (EntityRecord entity : entities) {
            known.add(entity.table().toLowerCase(Locale.ROOT));
            known.add(HistoryMaker.name(entity.table()).toLowerCase(Locale.ROOT));
            schemas.add(entity.schema());
        }
        List<String> found = new ArrayList<>();
        try (Connection connection = database.pool().getConnection()) {
            for (String schema : database.isSqlite() ? List.of("") : List.copyOf(schemas)) {
                try (ResultSet tables = connection
                        .getMetaData()
                        .getTables(null, schema.isEmpty() ? null : schema, "%", new String[] {"TABLE"})) {
                    while (tables.next()) {
                        String name = tables.getString("TABLE_NAME");
                        if (!isKnown(name, known)) {
                            found.add(name);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean isKnown(String name, Set<String> known) {
        String lower = name.toLowerCase(Locale.ROOT);
        return known.contains(lower)
                || known.contains(lower.replaceFirst(PUT_ASIDE, ""))
                || OWN.stream().anyMatch(lower::startsWith);
    }
}
