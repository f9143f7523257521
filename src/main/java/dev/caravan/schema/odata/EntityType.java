package dev.caravan.schema.odata;

import java.util.List;

/**
 * An entity type as declared, without what it inherits: {@link Metadata} adds that.
 *
 * @param name with its namespace
 * @param base name of the type it extends, as written; empty for none
 * @param isAbstract whether no row is of just this type
 * @param isOpen whether rows may hold properties that are not declared
 * @param key names of the key properties declared here; empty where the key is inherited or there is none
 * @param properties declared here, in the document's order
 * @param navigations declared here, in the document's order
 */
public record EntityType(
        String name,
        String base,
        boolean isAbstract,
        boolean isOpen,
        List<String> key,
        List<ODataProperty> properties,
        List<Navigation> navigations) {
    public EntityType {
        key = List.copyOf(key);
        properties = List.copyOf(properties);
        navigations = List.copyOf(navigations);
    }

    /** The name without its namespace: for Dataverse the table's logical name. */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The same type reduced to its name and what may be its key, for a type that is only pointed at. */
    EntityType outline() {
        List<ODataProperty> ids = properties.stream()
                .filter(property ->
                        key.contains(property.name()) || property.name().equals(simpleName() + "id"))
                .toList();
        return new EntityType(name, base, isAbstract, isOpen, key, ids, List.of());
    }
}
