package dev.caravan.schema.odata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is different between two documents of one environment. Properties and navigation properties are those of types that
 * both have, each where it is declared, as {@code type.name}.
 */
public record MetadataDifference(
        List<String> addedTypes,
        List<String> removedTypes,
        List<String> addedSets,
        List<String> removedSets,
        List<String> addedProperties,
        List<String> removedProperties,
        List<String> retyped,
        List<String> addedNavigations,
        List<String> removedNavigations) {

    /** Compares an older document with a newer one. */
    public static MetadataDifference between(Metadata before, Metadata after) {
        Map<String, EntityType> older = types(before);
        Map<String, EntityType> newer = types(after);
        MetadataDifference difference = new MetadataDifference(
                missing(newer, older),
                missing(older, newer),
                missing(sets(after), sets(before)),
                missing(sets(before), sets(after)),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        older.forEach((name, old) -> {
            EntityType now = newer.get(name);
            if (now != null) {
                difference.addProperties(name, old, now);
                difference.addNavigations(name, old, now);
            }
        });
        return difference;
    }

    private void addProperties(String type, EntityType old, EntityType now) {
        Map<String, String> was = named(old.properties(), ODataProperty::name, ODataProperty::declared);
        Map<String, String> is = named(now.properties(), ODataProperty::name, ODataProperty::declared);
        collect(type, was, is, removedProperties);
        collect(type, is, was, addedProperties);
        was.forEach((property, declared) -> {
            String other = is.get(property);
            if (other != null && !other.equals(declared)) {
                retyped.add(type + "." + property + " " + declared + " -> " + other);
            }
        });
    }

    private void addNavigations(String type, EntityType old, EntityType now) {
        Map<String, String> led = named(old.navigations(), Navigation::name, Navigation::target);
        Map<String, String> leads = named(now.navigations(), Navigation::name, Navigation::target);
        collect(type, led, leads, removedNavigations);
        collect(type, leads, led, addedNavigations);
    }

    private static Map<String, EntityType> types(Metadata metadata) {
        Map<String, EntityType> types = new LinkedHashMap<>();
        metadata.types().forEach(type -> types.put(type.simpleName(), type));
        return types;
    }

    private static Map<String, EntitySet> sets(Metadata metadata) {
        Map<String, EntitySet> sets = new LinkedHashMap<>();
        metadata.sets().forEach(set -> sets.put(set.name(), set));
        return sets;
    }

    private static <T> Map<String, String> named(List<T> members, Function<T, String> name, Function<T, String> value) {
        Map<String, String> named = new LinkedHashMap<>();
        members.forEach(member -> named.put(name.apply(member), value.apply(member)));
        return named;
    }

    private static List<String> missing(Map<String, ?> of, Map<String, ?> in) {
        return of.keySet().stream().filter(name -> !in.containsKey(name)).toList();
    }

    private static void collect(String type, Map<String, ?> of, Map<String, ?> in, List<String> into) {
        missing(of, in).forEach(name -> into.add(type + "." + name));
    }
}
