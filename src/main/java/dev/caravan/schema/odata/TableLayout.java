package dev.caravan.schema.odata;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The columns of an entity set, as a table is to have them. Stateless. */
public final class TableLayout {
    /** Annotation with the logical name of the table that a lookup's value belongs to. */
    public static final String LOOKUP_TARGET = "@Microsoft.Dynamics.CRM.lookuplogicalname";

    private static final String LOOKUP_ENDING = "_value";
    private static final String TARGET_ENDING = "_type";

    private TableLayout() {}

    /**
     * A column a readable property, in the document's order, the key marked. Beside a lookup that may point at several
     * tables stands a column for which of them it does.
     *
     * @param definition what Dataverse says besides; empty where it cannot be read
     * @throws CaravanException METADATA_UNREADABLE for properties whose names differ only by case
     */
    public static Columns of(Metadata metadata, EntitySet set, Optional<EntityDefinition> definition) {
        EntityType type = metadata.typeOf(set);
        TableKey key = TableKey.of(metadata, type, definition);
        Set<String> several = several(metadata, type);
        List<Column> columns = new ArrayList<>();
        for (ODataProperty property : metadata.properties(type)) {
            Optional<AttributeDefinition> attribute = definition.flatMap(
                    table -> Optional.ofNullable(table.attributes().get(attribute(property.name()))));
            if (attribute.map(AttributeDefinition::readable).orElse(true)) {
                columns.add(column(metadata, property, attribute, key));
                if (several.contains(property.name())) {
                    columns.add(
                            new Column(target(property.name()), "lookuplogicalname", ColumnType.text(0), true, false));
                }
            }
        }
        try {
            return new Columns(columns, key.columns());
        } catch (IllegalArgumentException twice) {
            throw new CaravanException(
                    FaultKind.BAD_DATA, "METADATA_UNREADABLE", set.name() + ": " + twice.getMessage(), twice);
        }
    }

    private static Column column(
            Metadata metadata, ODataProperty property, Optional<AttributeDefinition> attribute, TableKey key) {
        boolean isKey = key.columns().contains(property.name());
        return new Column(
                property.name(),
                declared(property, attribute),
                EdmTypes.of(property, metadata),
                !isKey && property.nullable(),
                isKey);
    }

    /** The type with what it is in Dataverse: {@code Edm.Decimal Money(4)}. */
    private static String declared(ODataProperty property, Optional<AttributeDefinition> attribute) {
        if (attribute.isEmpty() || attribute.get().type().isEmpty()) {
            return property.declared();
        }
        AttributeDefinition known = attribute.get();
        String facet = known.maxLength() > 0
                ? "(" + known.maxLength() + ")"
                : known.precision() >= 0
                        ? "(" + known.precision() + ")"
                        : known.dateBehavior().isEmpty() ? "" : "(" + known.dateBehavior() + ")";
        return property.declared() + " " + known.type() + facet;
    }

    /** Lookups for which there are navigation properties to more than one type. */
    private static Set<String> several(Metadata metadata, EntityType type) {
        Set<String> once = new HashSet<>();
        Set<String> several = new HashSet<>();
        for (Navigation navigation : metadata.navigations(type)) {
            for (Navigation.Constraint constraint : navigation.constraints()) {
                boolean general = metadata.type(navigation.target())
                        .map(target -> metadata.setsOf(target.name()).isEmpty()
                                && metadata.derived(target).size() > 1)
                        .orElse(false);
                if (!once.add(constraint.property()) || general) {
                    several.add(constraint.property());
                }
            }
        }
        several.removeIf(name -> !name.startsWith("_") || !name.endsWith(LOOKUP_ENDING));
        return several;
    }

    /** The attribute's name of a property: {@code ownerid} of {@code _ownerid_value}. */
    public static String attribute(String property) {
        boolean lookup = property.startsWith("_")
                && property.endsWith(LOOKUP_ENDING)
                && property.length() > LOOKUP_ENDING.length() + 1;
        return lookup ? property.substring(1, property.length() - LOOKUP_ENDING.length()) : property;
    }

    /** The column beside a lookup, for the table that its value belongs to: {@code _ownerid_type}. */
    public static String target(String lookup) {
        return lookup.substring(0, lookup.length() - LOOKUP_ENDING.length()) + TARGET_ENDING;
    }

    /** The lookup that such a column stands beside: {@code _ownerid_value} of {@code _ownerid_type}. */
    public static String lookup(String target) {
        return target.substring(0, target.length() - TARGET_ENDING.length()) + LOOKUP_ENDING;
    }
}
