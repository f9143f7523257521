package dev.caravan.schema.odata;

import java.util.List;
import java.util.Optional;

/**
 * What to ask {@code EntityDefinitions}, below the Web API's base URL (<a
 * href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api">query table
 * definitions</a>). Answers to these are never paged. Members that the environment's own {@code $metadata} does not
 * declare are not asked for, as older environments refuse them. Immutable.
 */
public final class DefinitionRequests {
    /** Who asks. */
    public static final String WHO_AM_I = "WhoAmI";

    private static final String CRM = "Microsoft.Dynamics.CRM.";

    private static final String GUARDED =
            "$expand=Attributes($select=LogicalName,MetadataId,IsSecured;$filter=IsSecured%20eq%20true)";
    /** The columns of all tables that column security guards, and nothing else. */
    public static final String SECURED = "EntityDefinitions?$select=LogicalName&" + GUARDED;
    /** How a request for somebody's rights to secured columns ends. */
    public static final String PRIVILEGES = "/" + CRM + "RetrievePrincipalAttributePrivileges()";

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
    private final Metadata metadata;

    /** @param metadata the environment's own */
    public DefinitionRequests(Metadata metadata) {
        this.metadata = metadata;
    }

    /** All tables, of their columns only those that column security guards, where the environment tells those. */
    public String tables() {
        boolean tells = !declared("AttributeMetadata", List.of("IsSecured")).isEmpty();
        return tells ? plainTables() + "&" + GUARDED : plainTables();
    }

    /** The same as {@link #tables}, of an environment whose {@code $metadata} is not known yet: of those of today. */
    public static String tablesOfToday() {
        return tables(TABLE) + "&" + GUARDED;
    }

    private static String tables(List<String> members) {
        return "EntityDefinitions?$select=" + String.join(",", members);
    }

    /** All tables without any of their columns. */
    public String plainTables() {
        return tables(declared("EntityMetadata", TABLE));
    }

    /** Whether a request for tables asks for columns that are secured too. */
    public static boolean tellsSecured(String request) {
        return request.endsWith(GUARDED);
    }

    /**
     * The columns of a table. Nothing is selected: only so each comes as its own kind, with length, digits and date
     * behaviour, in one request.
     */
    public String columns(String logicalName) {
        return one(logicalName) + "/Attributes";
    }

    /** All links of tables through intersect tables. */
    public String links() {
        return "RelationshipDefinitions/" + CRM + "ManyToManyRelationshipMetadata?$select=IntersectEntityName,"
                + "Entity1LogicalName,Entity1IntersectAttribute,Entity2LogicalName,Entity2IntersectAttribute";
    }

    /** Which secured columns a user may read. */
    public static String privileges(String user) {
        return "systemusers(" + user + ")" + PRIVILEGES;
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
