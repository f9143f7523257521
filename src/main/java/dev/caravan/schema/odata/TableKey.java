package dev.caravan.schema.odata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What tells the rows of a table apart, and how that is known.
 *
 * @param columns names of the key's columns, in order; empty for none
 * @param found how
 */
public record TableKey(List<String> columns, Found found) {
    public TableKey {
        columns = List.copyOf(columns);
    }

    /** Ways to know a key. */
    public enum Found {
        /** The table's definition names its primary id. */
        PRIMARY_ID,
        /** Several types share the declared key, and the type has an id of its own. */
        OWN_ID,
        /** The type, or one that it extends, declares it. */
        DECLARED,
        /** From the names in a record; to be reported. */
        GUESSED,
        /** There is none. */
        NONE
    }

    /**
     * The key of a type. Dataverse declares {@code ownerid}, the key of {@code principal}, for {@code systemuser} and
     * {@code team} too, though their rows are told apart and pointed at by {@code systemuserid} and {@code teamid}: a
     * primary id goes before the declared key, and so does a type's own id where the declared key is that of a type
     * it extends.
     */
    public static TableKey of(Metadata metadata, EntityType type, Optional<EntityDefinition> definition) {
        List<ODataProperty> properties = metadata.properties(type);
        String primary = definition.map(EntityDefinition::primaryId).orElse("");
        if (has(properties, primary)) {
            return new TableKey(List.of(primary), Found.PRIMARY_ID);
        }
        List<String> declared = metadata.declaredKey(type);
        String own = type.simpleName() + "id";
        if (declared.size() == 1
                && !declared.contains(own)
                && isShared(metadata, type, declared)
                && has(properties, own)) {
            return new TableKey(List.of(own), Found.OWN_ID);
        }
        return new TableKey(declared, declared.isEmpty() ? Found.NONE : Found.DECLARED);
    }

    private static boolean has(List<ODataProperty> properties, String name) {
        return properties.stream().anyMatch(property -> property.name().equals(name));
    }

    private static boolean isShared(Metadata metadata, EntityType type, List<String> key) {
        return metadata.line(type).stream()
                .anyMatch(part -> !part.name().equals(type.name()) && part.key().equals(key));
    }

    /**
     * A guess from a record's members, for a service without metadata: the table's name in the singular with
     * {@code id}, else the shortest name that ends in {@code id} and does not begin with an underscore, else the first.
     *
     * @param set the entity set's name
     * @param members names in the record, in order; those with an at sign are passed over
     */
    public static TableKey guess(String set, List<String> members) {
        List<String> names =
                members.stream().filter(name -> name.indexOf('@') < 0).toList();
        if (names.isEmpty()) {
            return new TableKey(List.of(), Found.NONE);
        }
        for (String singular : singulars(set.toLowerCase(Locale.ROOT))) {
            for (String name : names) {
                if (name.equalsIgnoreCase(singular + "id")) {
                    return new TableKey(List.of(name), Found.GUESSED);
                }
            }
        }
        String shortest = "";
        for (String name : names) {
            boolean id = name.toLowerCase(Locale.ROOT).endsWith("id") && !name.startsWith("_");
            if (id && (shortest.isEmpty() || name.length() < shortest.length())) {
                shortest = name;
            }
        }
        return new TableKey(List.of(shortest.isEmpty() ? names.get(0) : shortest), Found.GUESSED);
    }

    private static List<String> singulars(String set) {
        List<String> singulars = new ArrayList<>();
        String[][] endings = {{"collection", ""}, {"set", ""}, {"ies", "y"}, {"es", ""}, {"s", ""}, {"", ""}};
        for (String[] ending : endings) {
            if (set.endsWith(ending[0]) && set.length() > ending[0].length()) {
                singulars.add(set.substring(0, set.length() - ending[0].length()) + ending[1]);
            }
        }
        return singulars;
    }
}
