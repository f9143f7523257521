package dev.caravan.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.schema.odata.EntitySet;
import dev.caravan.schema.odata.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tables of an environment are synced: those that the settings name by entity set, logical name or pattern, and
 * those of an old list in a file. Stateless.
 */
final class DataverseTables {
    /** These hold what an environment says of itself; no pattern means them. */
    private static final Set<String> DEFINITIONS = Set.of(
            "EntityDefinitions", "GlobalOptionSetDefinitions", "ManagedPropertyDefinitions", "RelationshipDefinitions");

    private static final ObjectMapper JSON = new ObjectMapper();

    private DataverseTables() {}

    /**
     * What is wanted.
     *
     * @param sets in the document's order
     * @param unknown names that are nothing in this environment
     */
    record Wanted(List<EntitySet> sets, List<String> unknown) {}

    static Wanted of(ConnectorSettings connector, Metadata metadata) {
        List<String> listed = connector.entitiesFile().map(DataverseTables::read).orElse(List.of()).stream()
                .map(Listed::name)
                .toList();
        Set<String> named = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        List<String> names = new ArrayList<>(listed);
        connector.entities().stream().filter(name -> !name.contains("*")).forEach(names::add);
        for (String name : names) {
            metadata.set(name).ifPresentOrElse(set -> named.add(set.name()), () -> unknown.add(name));
        }
        List<EntitySet> sets = new ArrayList<>();
        for (EntitySet set : metadata.sets()) {
            String logical = logicalName(set);
            boolean refused = DataverseSource.settings(connector, set.name(), logical)
                    .enabled()
                    .map(enabled -> !enabled)
                    .orElse(false);
            boolean matches = connector.wants(set.name()) || connector.wants(logical);
            boolean wanted = named.contains(set.name()) || matches && !DEFINITIONS.contains(set.name());
            if (wanted && !refused) {
                sets.add(set);
            }
        }
        return new Wanted(sets, unknown);
    }

    static String logicalName(EntitySet set) {
        return set.type().substring(set.type().lastIndexOf('.') + 1);
    }

    /** Whether an old list in a file calls a table filtered: only rows that others refer to are wanted. */
    static boolean isFiltered(ConnectorSettings connector, String set, String logicalName) {
        return connector
                .entitiesFile()
                .map(file -> read(file).stream()
                        .anyMatch(listed -> listed.filtered()
                                && (listed.name().equals(set) || listed.name().equals(logicalName))))
                .orElse(false);
    }

    /** A table of an old list. */
    private record Listed(String name, boolean filtered) {}

    private static List<Listed> read(Path file) {
        try {
            List<Listed> listed = new ArrayList<>();
            for (JsonNode entity : JSON.readTree(Files.readAllBytes(file)).path("entities")) {
                String name = entity.path("api_name").asText("");
                listed.add(new Listed(
                        name.isEmpty() ? entity.path("name").asText("") : name,
                        entity.path("filtered").asBoolean(false)));
            }
            return listed;
        } catch (IOException unreadable) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION, "ENTITIES_FILE", file + " cannot be read as JSON", unreadable);
        }
    }
}
