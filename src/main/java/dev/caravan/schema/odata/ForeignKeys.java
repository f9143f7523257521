package dev.caravan.schema.odata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the foreign keys of tables. Made once a document; safe for several threads. */
public final class ForeignKeys {
    private final Metadata metadata;
    private final Map<String, EntityDefinition> definitions;
    private final Map<String, EntitySet> byName = new HashMap<>();

    /** @param definitions by logical name; empty where they cannot be read */
    public ForeignKeys(Metadata metadata, Map<String, EntityDefinition> definitions) {
        this.metadata = metadata;
        this.definitions = Map.copyOf(definitions);
        for (EntitySet set : metadata.sets()) {
            String type = set.type().substring(set.type().lastIndexOf('.') + 1);
            byName.putIfAbsent(type.toLowerCase(Locale.ROOT), set);
        }
    }

    /** All of a set, in the order they were found; a column that may point at several tables is there several times. */
    public List<ForeignKey> of(EntitySet set) {
        EntityType type = metadata.typeOf(set);
        List<String> own = key(type).columns();
        Set<ForeignKey> found = new LinkedHashSet<>(byNavigation(type));
        Set<String> covered = covered(found);
        List<ODataProperty> properties = metadata.properties(type);
        for (ForeignKey link : byLink(type, properties)) {
            if (!covered.contains(link.column())) {
                found.add(link);
            }
        }
        covered = covered(found);
        for (ODataProperty property : properties) {
            if (!covered.contains(property.name()) && !own.equals(List.of(property.name()))) {
                byName(property.name()).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static Set<String> covered(Set<ForeignKey> found) {
        Set<String> covered = new HashSet<>();
        found.forEach(key -> covered.add(key.column()));
        return covered;
    }

    private List<ForeignKey> byNavigation(EntityType type) {
        List<ForeignKey> found = new ArrayList<>();
        for (Navigation navigation : metadata.navigations(type)) {
            Optional<EntityType> target = metadata.type(navigation.target());
            if (target.isEmpty()) {
                continue;
            }
            for (Navigation.Constraint constraint : navigation.constraints()) {
                for (EntityType pointed : concrete(target.get())) {
                    String referenced = referenced(constraint, target.get(), pointed);
                    metadata.setsOf(pointed.name())
                            .forEach(set -> found.add(new ForeignKey(
                                    constraint.property(), set.name(), referenced, ForeignKey.Found.NAVIGATION)));
                }
            }
        }
        return found;
    }

    /** What is declared, but the key that a table really has in place of the key that is declared. */
    private String referenced(Navigation.Constraint constraint, EntityType target, EntityType pointed) {
        boolean asDeclared = pointed.name().equals(target.name())
                && !metadata.declaredKey(pointed).equals(List.of(constraint.referenced()));
        String key = singleKey(pointed);
        return asDeclared || key.isEmpty() ? constraint.referenced() : key;
    }

    /** An owner is a user or a team: where a type has no rows of its own, the types that extend it. */
    private List<EntityType> concrete(EntityType type) {
        boolean unlisted = metadata.setsOf(type.name()).isEmpty();
        boolean root = metadata.declaredKey(type).isEmpty();
        return unlisted && !root ? metadata.derived(type) : List.of(type);
    }

    private List<ForeignKey> byLink(EntityType type, List<ODataProperty> properties) {
        List<ForeignKey> found = new ArrayList<>();
        for (EntityDefinition definition : definitions.values()) {
            for (EntityDefinition.ManyToMany link : definition.links()) {
                if (link.intersect().equals(type.simpleName())) {
                    link(link.firstColumn(), link.first(), properties).ifPresent(found::add);
                    link(link.secondColumn(), link.second(), properties).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private Optional<ForeignKey> link(String column, String table, List<ODataProperty> properties) {
        boolean there = properties.stream().anyMatch(property -> property.name().equals(column));
        return there ? pointAt(column, table, ForeignKey.Found.LINK) : Optional.empty();
    }

    private Optional<ForeignKey> byName(String column) {
        String lower = column.toLowerCase(Locale.ROOT);
        if (lower.startsWith("_") && lower.endsWith("_value") && lower.length() > 7) {
            String name = lower.substring(1, lower.length() - 6);
            return pointAt(column, name, ForeignKey.Found.LOOKUP_NAME)
                    .or(() -> pointAt(column, withoutId(name), ForeignKey.Found.LOOKUP_NAME));
        }
        boolean id = lower.endsWith("id") && !lower.startsWith("_");
        return id ? pointAt(column, withoutId(lower), ForeignKey.Found.ID_NAME) : Optional.empty();
    }

    private static String withoutId(String name) {
        return name.endsWith("id") ? name.substring(0, name.length() - 2) : name;
    }

    private Optional<ForeignKey> pointAt(String column, String table, ForeignKey.Found found) {
        EntitySet set = byName.get(table.toLowerCase(Locale.ROOT));
        if (set == null) {
            return Optional.empty();
        }
        String key = metadata.type(set.type()).map(this::singleKey).orElse("");
        return key.isEmpty() ? Optional.empty() : Optional.of(new ForeignKey(column, set.name(), key, found));
    }

    private String singleKey(EntityType type) {
        List<String> columns = key(type).columns();
        return columns.size() == 1 ? columns.get(0) : "";
    }

    private TableKey key(EntityType type) {
        return TableKey.of(metadata, type, Optional.ofNullable(definitions.get(type.simpleName())));
    }
}
