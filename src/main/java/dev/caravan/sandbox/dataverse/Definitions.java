package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the definitions say of tables and columns, before anything is selected. Stateless. */
final class Definitions {
    static final String TYPE = "@odata.type";

    private static final int FIRST_CUSTOM_CODE = 10_000;

    private Definitions() {}

    static Map<String, @Nullable Object> table(TableDescription table) {
        boolean custom = table.logicalName().indexOf('_') > 0;
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put("MetadataId", id(table.logicalName()));
        text.put("LogicalName", table.logicalName());
        text.put("SchemaName", Names.schema(table.logicalName()));
        text.put("EntitySetName", table.entitySet());
        text.put("LogicalCollectionName", table.entitySet());
        text.put("PrimaryIdAttribute", table.primaryId());
        text.put("PrimaryNameAttribute", table.primaryName().isEmpty() ? null : table.primaryName());
        text.put("ChangeTrackingEnabled", table.changeTracking());
        text.put("CanChangeTrackingBeEnabled", managed(!table.intersect()));
        text.put("IsIntersect", table.intersect());
        text.put("IsActivity", false);
        text.put("IsPrivate", false);
        text.put("IsLogicalEntity", false);
        text.put("IsCustomEntity", custom);
        text.put("DataProviderId", null);
        text.put(
                "ObjectTypeCode",
                FIRST_CUSTOM_CODE + Math.floorMod(table.logicalName().hashCode(), 1000));
        text.put("OwnershipType", table.intersect() ? "None" : "UserOwned");
        text.put("TableType", "Standard");
        text.put("DisplayName", label(Names.schema(table.logicalName())));
        return text;
    }

    /** All columns, and the names of what references and choices say, which cannot be read by themselves. */
    static List<Map<String, @Nullable Object>> attributes(TableDescription table, Set<String> secured) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (DataverseColumn column : table.columns()) {
            Map<String, @Nullable Object> own = attribute(table, column);
            own.put("IsSecured", secured.contains(column.name()));
            all.add(own);
            boolean named =
                    column.kind().isReference() || column.kind().isChoice() || column.kind() == ColumnKind.BOOLEAN;
            if (named) {
                DataverseColumn name = DataverseColumn.text(column.name() + "name", 100);
                Map<String, @Nullable Object> text = attribute(table, name);
                text.put("AttributeOf", column.name());
                all.add(text);
            }
        }
        return all;
    }

    /** What only the definitions of one kind of column say. */
    static Map<String, @Nullable Object> facets(DataverseColumn column) {
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        switch (column.kind()) {
            case STRING, MEMO -> {
                text.put("MaxLength", column.length());
                text.put("Format", column.kind() == ColumnKind.MEMO ? "TextArea" : "Text");
            }
            case DECIMAL, DOUBLE, MONEY -> text.put("Precision", column.precision());
            case DATETIME, DATE -> {
                boolean day = column.kind() == ColumnKind.DATE;
                text.put("Format", day ? "DateOnly" : "DateAndTime");
                text.put("DateTimeBehavior", Map.of("Value", day ? "DateOnly" : "UserLocal"));
            }
            case LOOKUP, CUSTOMER, OWNER -> text.put("Targets", column.targets());
            case PICKLIST, STATE, STATUS, MULTISELECT -> text.put("OptionSet", options(column.name()));
            case GUID, INTEGER, BIGINT, BOOLEAN, MANAGED -> {}
        }
        return text;
    }

    /** What joins this table to others. */
    static Map<String, @Nullable Object> manyToMany(
            TableDescription junction, TableDescription first, TableDescription second) {
        String navigation = junction.logicalName() + "_association";
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put("SchemaName", junction.logicalName());
        text.put("RelationshipType", "ManyToManyRelationship");
        text.put("IntersectEntityName", junction.logicalName());
        text.put("Entity1LogicalName", first.logicalName());
        text.put("Entity1IntersectAttribute", first.primaryId());
        text.put("Entity1NavigationPropertyName", navigation);
        text.put("Entity2LogicalName", second.logicalName());
        text.put("Entity2IntersectAttribute", second.primaryId());
        text.put("Entity2NavigationPropertyName", navigation);
        text.put("MetadataId", id(junction.logicalName() + " joins"));
        return text;
    }

    /** A reference of one table to another. */
    static Map<String, @Nullable Object> manyToOne(
            TableDescription from, DataverseColumn column, TableDescription target) {
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put("SchemaName", from.logicalName() + "_" + column.name());
        text.put("RelationshipType", "OneToManyRelationship");
        text.put("ReferencingEntity", from.logicalName());
        text.put("ReferencingAttribute", column.name());
        text.put("ReferencingEntityNavigationPropertyName", Names.navigation(column, target.logicalName()));
        text.put("ReferencedEntity", target.logicalName());
        text.put("ReferencedAttribute", target.primaryId());
        text.put("ReferencedEntityNavigationPropertyName", from.logicalName() + "_" + column.name());
        text.put("MetadataId", id(from.logicalName() + " " + column.name()));
        return text;
    }

    static String attributeId(TableDescription table, String column) {
        return id(table.logicalName() + "." + column);
    }

    static String id(String name) {
        return Guids.random(name.hashCode());
    }

    private static Map<String, @Nullable Object> attribute(TableDescription table, DataverseColumn column) {
        boolean key = column.name().equals(table.primaryId());
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put(TYPE, "#Microsoft.Dynamics.CRM." + column.kind().metadataType());
        text.put("MetadataId", attributeId(table, column.name()));
        text.put("LogicalName", column.name());
        text.put("SchemaName", Names.schema(column.name()));
        text.put("EntityLogicalName", table.logicalName());
        text.put("AttributeType", column.kind().attributeType());
        text.put("AttributeTypeName", Map.of("Value", column.kind().attributeTypeName()));
        text.put("AttributeOf", null);
        text.put("IsValidForRead", column.readable());
        text.put("IsPrimaryId", key);
        text.put("IsPrimaryName", column.name().equals(table.primaryName()));
        text.put("IsCustomAttribute", column.name().indexOf('_') > 0);
        text.put("IsSecured", false);
        text.put("RequiredLevel", Map.of("Value", key ? "SystemRequired" : "None"));
        text.put("DisplayName", label(Names.schema(column.name())));
        return text;
    }

    private static Map<String, Object> managed(boolean value) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("Value", value);
        text.put("CanBeChanged", true);
        text.put("ManagedPropertyLogicalName", "canchangetrackingbeenabled");
        return text;
    }

    private static Map<String, Object> options(String name) {
        List<Object> options = new ArrayList<>();
        for (int value = 0; value < 3; value++) {
            Map<String, Object> option = new LinkedHashMap<>();
            option.put("Value", value);
            option.put("Label", label("Choice " + value));
            options.add(option);
        }
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("MetadataId", id("options " + name));
        text.put("Name", name);
        text.put("Options", options);
        return text;
    }

    private static Map<String, Object> label(String text) {
        Map<String, Object> label = new LinkedHashMap<>();
        label.put("Label", text);
        label.put("LanguageCode", 1033);
        return Map.of("LocalizedLabels", List.of(label), "UserLocalizedLabel", label);
    }
}
