package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.mapping.StoredChain;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Mappings;
import dev.caravan.store.FieldMappingRepository.Mapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All mappings there are: those of the file, and those that are saved. Not safe for several threads. */
final class MappingList {
    private final Settings settings;
    private final List<Line> lines = new ArrayList<>();
    private final Set<String> fileNames = new HashSet<>();

    private MappingList(Settings settings) {
        this.settings = settings;
    }

    /**
     * One mapping.
     *
     * @param from {@code file}, {@code saved}, or {@code saved, but the file wins}
     * @param problem what is wrong with it or with the others of its entity; null for nothing
     */
    record Line(
            String entity,
            String field,
            String chain,
            String from,
            @Nullable String problem) {
        /** In pieces; one that cannot be read is shown as it is. */
        StoredChain pieces() {
            try {
                return StoredChain.of(field, chain);
            } catch (CaravanException wrong) {
                return new StoredChain("", chain, null, null, false);
            }
        }
    }

    /**
     * The mappings, by entity and field.
     *
     * @param state what is remembered, which is closed; empty if there is nothing yet
     * @param name of the only entity that is looked at; null for all
     */
    static List<Line> of(Settings settings, Optional<State> state, @Nullable String name) {
        MappingList list = new MappingList(settings);
        if (state.isPresent()) {
            try (State opened = state.get()) {
                List<EntityRecord> entities = name == null ? opened.entities() : List.of(opened.entity(name));
                entities.forEach(entity -> list.known(opened, entity));
            }
        }
        list.unknown(name);
        return list.lines;
    }

    private void known(State state, EntityRecord entity) {
        Optional<ConnectorSettings> connector = settings.connector(entity.connector());
        if (connector.isEmpty()) {
            return;
        }
        fileNames.add(entity.connector() + "." + entity.slug());
        fileNames.add(entity.connector() + "." + entity.description());
        Map<String, String> inFile = Mappings.inFile(connector.get(), entity);
        List<Mapping> saved = state.stores(entity).mappings().of(entity.uid());
        if (inFile.isEmpty() && saved.isEmpty()) {
            return;
        }
        Map<String, String> all = Mappings.of(state.stores(entity), connector.get(), entity);
        lines.addAll(lines(entity.name(), inFile, saved, problems(connector.get(), entity, all)));
    }

    /** By field; one that is saved beside one of the file stands behind it. */
    private static Collection<Line> lines(
            String entity, Map<String, String> inFile, List<Mapping> saved, Map<String, String> problems) {
        Map<String, Line> sorted = new TreeMap<>();
        inFile.forEach(
                (field, chain) -> sorted.put(field, new Line(entity, field, chain, "file", problems.get(field))));
        for (Mapping mapping : saved) {
            String field = mapping.sourceField();
            String chain = Mappings.chain(mapping).text();
            if (inFile.containsKey(field)) {
                sorted.put(field + " ", new Line(entity, field, chain, "saved, but the file wins", null));
            } else {
                sorted.put(field, new Line(entity, field, chain, "saved", problems.get(field)));
            }
        }
        return sorted.values();
    }

    /** What is wrong by field: with each mapping alone, and only then with all of them together. */
    private static Map<String, String> problems(
            ConnectorSettings connector, EntityRecord entity, Map<String, String> chains) {
        Map<String, String> problems = new TreeMap<>();
        chains.forEach((field, chain) ->
                problem(connector, entity, Map.of(field, chain)).ifPresent(what -> problems.put(field, what)));
        if (problems.isEmpty()) {
            problem(connector, entity, chains)
                    .ifPresent(what -> chains.keySet().forEach(field -> problems.put(field, what)));
        }
        return problems;
    }

    private static Optional<String> problem(
            ConnectorSettings connector, EntityRecord entity, Map<String, String> chains) {
        try {
            Mappings.mapper(connector, entity, chains);
            return Optional.empty();
        } catch (CaravanException wrong) {
            return Optional.of(entity.name() + ": " + wrong.getMessage());
        }
    }

    /** What the file says of entities that were not discovered yet: only the notation can be looked at. */
    private void unknown(@Nullable String name) {
        for (ConnectorSettings connector : settings.connectors()) {
            for (Map.Entry<String, EntitySettings> entry : new TreeMap<>(connector.settings()).entrySet()) {
                String entity = connector.name() + "." + entry.getKey();
                if (fileNames.contains(entity)
                        || name != null && !name.equals(entity) && !name.equals(entry.getKey())) {
                    continue;
                }
                new TreeMap<>(entry.getValue().mappings())
                        .forEach((field, chain) -> lines.add(new Line(
                                entity,
                                field,
                                chain,
                                "file",
                                notation(entity, field, chain).orElse(null))));
            }
        }
    }

    /** What is wrong with the notation of a mapping; empty for nothing. */
    static Optional<String> notation(String entity, String field, String chain) {
        try {
            StoredChain.of(field, chain);
            return Optional.empty();
        } catch (CaravanException wrong) {
            return Optional.of(entity + ": " + wrong.getMessage());
        }
    }
}
