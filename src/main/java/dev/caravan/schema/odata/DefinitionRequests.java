package dev.caravan.schema.odata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to ask {@code EntityDefinitions}, below the Web API's base URL (<a
 * href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api">query table
 * definitions</a>). Answers to these are never paged. Members that the environment's own {@code $metadata} does not
 * declare are not asked for, as older environments refuse them. Immutable.
 */
public final class DefinitionRequests {
    private static final String CRM = "Microsoft.Dynamics.CRM.";
    private static final List<String> TABLE = List.of(
            "LogicalName",
            "SchemaName",
            "EntitySetName",
            "PrimaryIdAttribute",
            "PrimaryNameAttribute",
            "ChangeTrackingEnabled",
            "IsIntersect",
            "DataProviderId",
            "ObjectTypeCode",
            "TableType");
    private static final List<String> COLUMN = List.of(
            "LogicalName",
            "AttributeType",
            "AttributeTypeName",
            "AttributeOf",
            "IsValidForRead",
            "IsPrimaryId",
            "RequiredLevel");
    private static final List<Cast> CASTS = List.of(
            new Cast("StringAttributeMetadata", "MaxLength"),
            new Cast("MemoAttributeMetadata", "MaxLength"),
            new Cast("DecimalAttributeMetadata", "Precision"),
            new Cast("MoneyAttributeMetadata", "Precision"),
            new Cast("DoubleAttributeMetadata", "Precision"),
            new Cast("DateTimeAttributeMetadata", "DateTimeBehavior"),
            new Cast("LookupAttributeMetadata", "Targets"));

    private final Metadata metadata;

    /** What one kind of column has besides. */
    private record Cast(String type, String member) {}

    /** @param metadata the environment's own */
    public DefinitionRequests(Metadata metadata) {
        this.metadata = metadata;
    }

    /** All tables without their columns. */
    public String tables() {
        return "EntityDefinitions?$select=" + String.join(",", declared("EntityMetadata", TABLE));
    }

    /** One table with its columns and alternate keys. */
    public String table(String logicalName) {
        return one(logicalName) + "?$select=" + String.join(",", declared("EntityMetadata", TABLE))
                + "&$expand=Attributes($select=" + String.join(",", declared("AttributeMetadata", COLUMN)) + "),Keys";
    }

    /** What is asked besides for lengths, digits, date behaviour and targets of a table's columns: a request each. */
    public List<String> casts(String logicalName) {
        List<String> requests = new ArrayList<>();
        for (Cast cast : CASTS) {
            if (!declared(cast.type(), List.of(cast.member())).isEmpty()) {
                requests.add(one(logicalName) + "/Attributes/" + CRM + cast.type() + "?$select=LogicalName,"
                        + cast.member());
            }
        }
        return requests;
    }

    /** The links of a table through intersect tables. */
    public String links(String logicalName) {
        return one(logicalName) + "/ManyToManyRelationships?$select=IntersectEntityName,Entity1LogicalName,"
                + "Entity1IntersectAttribute,Entity2LogicalName,Entity2IntersectAttribute";
    }

    private static String one(String logicalName) {
        return "EntityDefinitions(LogicalName='" + logicalName.replace("'", "''") + "')";
    }

    /** The wanted members that the type has; all where the document says nothing of the type. */
    private List<String> declared(String type, List<String> wanted) {
        Optional<EntityType> found = metadata.type(CRM + type);
        if (found.isEmpty() || metadata.properties(found.get()).isEmpty()) {
            return wanted;
        }
        List<String> names = metadata.properties(found.get()).stream()
                .map(ODataProperty::name)
                .toList();
        return wanted.stream().filter(names::contains).toList();
    }
}
