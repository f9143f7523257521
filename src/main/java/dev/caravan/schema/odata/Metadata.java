package dev.caravan.schema.odata;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A parsed {@code $metadata} document. Names of types are found with their namespace or with its alias.
 *
 * <p>Immutable and safe for several threads.
 */
public final class Metadata {
    private final Map<String, EntityType> types;
    private final Map<String, EntitySet> sets;
    private final Map<String, List<EntitySet>> setsByType = new HashMap<>();
    private final Others others;

    /**
     * What else a document declares.
     *
     * @param aliases namespace by alias
     * @param enums names of enumerations, with their namespace
     * @param definitions underlying type by name, with its namespace
     */
    record Others(Map<String, String> aliases, Set<String> enums, Map<String, String> definitions) {
        Others {
            aliases = Map.copyOf(aliases);
            enums = Set.copyOf(enums);
            definitions = Map.copyOf(definitions);
        }
    }

    Metadata(Map<String, EntityType> types, Map<String, EntitySet> sets, Others others) {
        this.types = new LinkedHashMap<>(types);
        this.sets = new LinkedHashMap<>(sets);
        this.others = others;
        for (EntitySet set : sets.values()) {
            setsByType
                    .computeIfAbsent(qualified(set.type()), type -> new ArrayList<>(1))
                    .add(set);
        }
    }

    /** All entity sets, in the document's order. */
    public List<EntitySet> sets() {
        return List.copyOf(sets.values());
    }

    /** All entity types, in the document's order. */
    public List<EntityType> types() {
        return List.copyOf(types.values());
    }

    /**
     * The set that a person means: by its name, by the name of its type (Dataverse's logical name), or by either
     * without regard to case, in this order.
     */
    public Optional<EntitySet> set(String name) {
        EntitySet exact = sets.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        Optional<EntitySet> byType = first(set -> simple(set.type()).equals(name));
        return byType.isPresent()
                ? byType
                : first(set -> set.name().equalsIgnoreCase(name))
                        .or(() -> first(set -> simple(set.type()).equalsIgnoreCase(name)));
    }

    private Optional<EntitySet> first(Predicate<EntitySet> wanted) {
        return sets.values().stream().filter(wanted).findFirst();
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The sets whose rows are of a type, by the type's name; mostly one. */
    public List<EntitySet> setsOf(String type) {
        return List.copyOf(setsByType.getOrDefault(qualified(type), List.of()));
    }

    /** An entity type by its name with namespace or alias. */
    public Optional<EntityType> type(String name) {
        return Optional.ofNullable(types.get(qualified(name)));
    }

    /**
     * The type of a set's rows.
     *
     * @throws CaravanException METADATA_UNREADABLE if the document does not declare it
     */
    public EntityType typeOf(EntitySet set) {
        return type(set.type())
                .orElseThrow(() -> unreadable("The entity set " + set.name() + " is of the type " + set.type()
                        + ", which the document does not declare"));
    }

    /** The type and those it extends, the root first. */
    List<EntityType> line(EntityType type) {
        List<EntityType> line = new ArrayList<>();
        Set<String> met = new HashSet<>();
        for (Optional<EntityType> next = Optional.of(type); next.isPresent(); ) {
            EntityType here = next.get();
            if (!met.add(here.name())) {
                throw unreadable("The type " + type.name() + " extends itself");
            }
            line.add(0, here);
            next = here.base().isEmpty() ? Optional.empty() : type(here.base());
        }
        return line;
    }

    /** All properties of a type's rows, the inherited ones first. A property that is declared again counts once. */
    public List<ODataProperty> properties(EntityType type) {
        Map<String, ODataProperty> all = new LinkedHashMap<>();
        line(type).forEach(part -> part.properties().forEach(property -> all.put(property.name(), property)));
        return List.copyOf(all.values());
    }

    /** All navigation properties of a type's rows, the inherited ones first. */
    public List<Navigation> navigations(EntityType type) {
        Map<String, Navigation> all = new LinkedHashMap<>();
        line(type).forEach(part -> part.navigations().forEach(navigation -> all.put(navigation.name(), navigation)));
        return List.copyOf(all.values());
    }

    /** The key's property names: declared by the type, or by the nearest that it extends; empty for none. */
    public List<String> declaredKey(EntityType type) {
        List<String> key = List.of();
        for (EntityType part : line(type)) {
            key = part.key().isEmpty() ? key : part.key();
        }
        return key;
    }

    /** Types that extend this one directly, in the document's order. */
    public List<EntityType> derived(EntityType type) {
        return types.values().stream()
                .filter(other ->
                        !other.base().isEmpty() && qualified(other.base()).equals(type.name()))
                .toList();
    }

    /** Whether a type, as written, is an enumeration. */
    public boolean isEnum(String type) {
        return others.enums().contains(qualified(type));
    }

    /** A type as written, or what it is defined as: {@code Edm.Decimal} for {@code sales.Money}. */
    public String underlying(String type) {
        return others.definitions().getOrDefault(qualified(type), type);
    }

    /** The name with its namespace in place of its alias. */
    public String qualified(String name) {
        int dot = name.lastIndexOf('.');
        String namespace = dot < 0 ? null : others.aliases().get(name.substring(0, dot));
        return namespace == null ? name : namespace + name.substring(dot);
    }

    /**
     * The part of the document that some sets need. The types of all other sets stay as outlines, name and key, so that
     * a reference to them still finds its table.
     */
    public Metadata only(Predicate<EntitySet> wanted) {
        Set<String> whole = new HashSet<>();
        for (EntitySet set : sets.values()) {
            if (wanted.test(set)) {
                type(set.type()).ifPresent(type -> line(type).forEach(part -> whole.add(part.name())));
            }
        }
        UnaryOperator<EntityType> reduce = type -> whole.contains(type.name()) ? type : type.outline();
        Map<String, EntityType> kept = new LinkedHashMap<>();
        types.forEach((name, type) -> kept.put(name, reduce.apply(type)));
        return new Metadata(kept, sets, others);
    }

    static CaravanException unreadable(String what) {
        return new CaravanException(
                FaultKind.BAD_DATA, "METADATA_UNREADABLE", what + "; ask the service for its $metadata by hand");
    }
}
