package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.config.Settings;
import dev.caravan.model.EntityRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Which entities wait for which, as the settings say. Safe for several threads. */
final class Families {
    private final Settings settings;
    private final Sources sources;

    Families(Settings settings, Sources sources) {
        this.settings = settings;
        this.sources = sources;
    }

    /**
     * What an entity is to others.
     *
     * @throws dev.caravan.fault.CaravanException PARENT_WRONG where a parent is not known or its key is another one
     */
    Kin of(EntityRecord entity, ConnectorSettings connector, Stores stores) {
        List<ParentLink> parents = new ArrayList<>();
        for (EntitySettings.Parent parent : connector.entity(entity.slug()).parents()) {
            EntityRecord record = stores.entities()
                    .find(connector.name() + "." + parent.entity())
                    .orElseThrow(
                            () -> ParentLink.wrong(entity, connector.name() + " has no entity " + parent.entity()));
            RowShape shape = sources.of(connector).shape(record, connector);
            parents.add(new ParentLink(entity, record, shape, parent));
        }
        return new Kin(List.copyOf(parents), isAwaited(entity, connector), family(entity, connector));
    }

    /** Whether records of other entities, or of this one, wait for its records. */
    boolean isAwaited(EntityRecord entity, ConnectorSettings connector) {
        return connector.settings().values().stream()
                .flatMap(other -> other.parents().stream())
                .anyMatch(parent -> parent.entity().equals(entity.slug()));
    }

    /** Whether an entity is one of some, or its records wait for theirs, through any number of generations. */
    boolean concerns(EntityRecord entity, List<EntityRecord> some) {
        Set<String> names = new HashSet<>();
        some.forEach(each -> names.add(each.name()));
        Set<String> met = new HashSet<>();
        Deque<String> ahead = new ArrayDeque<>(List.of(entity.slug()));
        while (!ahead.isEmpty()) {
            String slug = ahead.remove();
            if (names.contains(entity.connector() + "." + slug)) {
                return true;
            }
            if (met.add(slug)) {
                settings.connector(entity.connector()).stream()
                        .flatMap(connector -> connector.entity(slug).parents().stream())
                        .forEach(parent -> ahead.add(parent.entity()));
            }
        }
        return false;
    }

    private static OptionalLong family(EntityRecord entity, ConnectorSettings connector) {
        Map<String, Set<String>> related = new TreeMap<>();
        connector
                .settings()
                .forEach((slug, other) -> other.parents().forEach(parent -> {
                    related.computeIfAbsent(slug, any -> new TreeSet<>()).add(parent.entity());
                    related.computeIfAbsent(parent.entity(), any -> new TreeSet<>())
                            .add(slug);
                }));
        if (!related.containsKey(entity.slug())) {
            return OptionalLong.empty();
        }
        TreeSet<String> family = new TreeSet<>();
        Deque<String> met = new ArrayDeque<>(List.of(entity.slug()));
        while (!met.isEmpty()) {
            String slug = met.remove();
            if (family.add(slug)) {
                met.addAll(related.getOrDefault(slug, Set.of()));
            }
        }
        String name = connector.name() + "." + family.first();
        return OptionalLong.of(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits());
    }

    /** Entities in the order in which they are best synced: each group after those that its members wait for. */
    List<List<EntityRecord>> generations(List<EntityRecord> entities) {
        Map<Integer, List<EntityRecord>> groups = new TreeMap<>();
        for (EntityRecord entity : entities) {
            groups.computeIfAbsent(depth(entity.connector(), entity.slug(), new HashSet<>()), any -> new ArrayList<>())
                    .add(entity);
        }
        return List.copyOf(groups.values());
    }

    private int depth(String connector, String slug, Set<String> above) {
        if (!above.add(slug)) {
            return 0;
        }
        int depth = settings.connector(connector).stream()
                .flatMap(known -> known.entity(slug).parents().stream())
                .mapToInt(parent -> above.contains(parent.entity()) ? 0 : 1 + depth(connector, parent.entity(), above))
                .max()
                .orElse(0);
        above.remove(slug);
        return depth;
    }
}
