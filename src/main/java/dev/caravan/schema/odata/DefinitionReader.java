package dev.caravan.schema.odata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads answers of Dataverse's {@code EntityDefinitions}, piece by piece. Members that are not known are passed over.
 * Stateless.
 */
public final class DefinitionReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(8 << 20)
                    .build())
            .build();

    private DefinitionReader() {}

    /** Takes one object of an answer; the parser stands on its opening brace and must be left on its closing one. */
    private interface Taker {
        void take(JsonParser json) throws IOException;
    }

    /**
     * The tables of an answer: one, or those of its {@code value}.
     *
     * @throws CaravanException METADATA_UNREADABLE for an answer that is none of the kind
     */
    public static List<EntityDefinition> tables(InputStream answer) {
        List<EntityDefinition> found = new ArrayList<>();
        each(answer, json -> found.add(table(json)));
        found.removeIf(table -> table.logicalName().isEmpty());
        return found;
    }

    /** The columns of an answer to {@code …/Attributes} or one of its casts. */
    public static List<AttributeDefinition> columns(InputStream answer) {
        List<AttributeDefinition> found = new ArrayList<>();
        each(answer, json -> found.add(column(json)));
        found.removeIf(column -> column.name().isEmpty());
        return found;
    }

    /** The links of an answer to {@code …/ManyToManyRelationships}. */
    public static List<EntityDefinition.ManyToMany> links(InputStream answer) {
        List<EntityDefinition.ManyToMany> found = new ArrayList<>();
        each(answer, json -> found.add(link(json)));
        found.removeIf(link -> link.intersect().isEmpty());
        return found;
    }

    /** The id in an answer to {@code WhoAmI}; empty where it names nobody. */
    public static List<String> user(InputStream answer) {
        List<String> found = new ArrayList<>();
        each(
                answer,
                json -> found.add(Members.read(json, (name, parser) -> false).text("UserId")));
        found.removeIf(String::isEmpty);
        return found;
    }

    /** The ids of the secured columns that an answer to {@code RetrievePrincipalAttributePrivileges} lets somebody read. */
    public static List<String> readable(InputStream answer) {
        List<String> found = new ArrayList<>();
        each(
                answer,
                json -> Members.read(json, (name, parser) -> {
                    boolean list = name.equals("AttributePrivileges");
                    if (list) {
                        elements(parser, inner -> {
                            Members one = Members.read(inner, (inside, more) -> false);
                            if (one.number("CanRead", 0) > 0) {
                                found.add(one.text("AttributeId"));
                            }
                        });
                    }
                    return list;
                }));
        return found;
    }

    private static void each(InputStream answer, Taker taker) {
        try (JsonParser json = JSON.createParser(answer)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Metadata.unreadable("The answer on table definitions is no JSON object");
            }
            if (!values(json, taker)) {
                throw Metadata.unreadable("The answer on table definitions is not complete");
            }
        } catch (JsonProcessingException broken) {
            throw new CaravanException(
                    FaultKind.BAD_DATA, "METADATA_UNREADABLE", "The answer on table definitions is no JSON", broken);
        } catch (IOException broken) {
            throw new CaravanException(
                    FaultKind.TRANSIENT, "SOURCE_TROUBLE", "Table definitions: the answer broke off", broken);
        }
    }

    /** Objects of {@code value} where there is one; else the object itself, which is told by its first own member. */
    private static boolean values(JsonParser json, Taker taker) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (name.startsWith("@")) {
                json.nextToken();
                json.skipChildren();
            } else if (name.equals("value")) {
                elements(json, taker);
            } else {
                taker.take(json);
                return true;
            }
        }
        return json.currentToken() == JsonToken.END_OBJECT;
    }

    private static void elements(JsonParser json, Taker taker) throws IOException {
        json.nextToken();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            taker.take(json);
        }
    }

    private static EntityDefinition table(JsonParser json) throws IOException {
        List<AttributeDefinition> attributes = new ArrayList<>();
        List<EntityDefinition.ManyToMany> links = new ArrayList<>();
        Members members = Members.read(json, (name, parser) -> {
            switch (name) {
                case "Attributes" -> elements(parser, inner -> attributes.add(column(inner)));
                case "ManyToManyRelationships" -> elements(parser, inner -> links.add(link(inner)));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new EntityDefinition(
                        members.text("LogicalName"),
                        members.text("EntitySetName"),
                        members.text("PrimaryIdAttribute"),
                        members.text("PrimaryNameAttribute"),
                        members.truth("ChangeTrackingEnabled", false),
                        members.truth("IsIntersect", false),
                        members.text("TableType"),
                        members.text("DataProviderId"),
                        java.util.Map.of(),
                        links)
                .with(attributes);
    }

    private static AttributeDefinition column(JsonParser json) throws IOException {
        Members members = Members.read(json, (name, parser) -> false);
        return new AttributeDefinition(
                members.text("LogicalName"),
                type(members),
                members.text("AttributeOf"),
                members.truth("IsValidForRead", true),
                members.truth("IsPrimaryId", false),
                members.text("RequiredLevel"),
                Math.max(0, members.number("MaxLength", 0)),
                members.number("Precision", -1),
                members.text("DateTimeBehavior"),
                members.list("Targets"),
                members.truth("IsSecured", false) ? members.text("MetadataId") : "");
    }

    private static String type(Members members) {
        String named = members.text("AttributeTypeName");
        if (!named.isEmpty()) {
            return named.endsWith("Type") ? named.substring(0, named.length() - 4) : named;
        }
        String plain = members.text("AttributeType");
        if (!plain.isEmpty()) {
            return plain;
        }
        String described = members.text("@odata.type");
        String last = described.substring(described.lastIndexOf('.') + 1);
        return last.endsWith("AttributeMetadata") ? last.substring(0, last.length() - 17) : "";
    }

    private static EntityDefinition.ManyToMany link(JsonParser json) throws IOException {
        Members members = Members.read(json, (name, parser) -> false);
        return new EntityDefinition.ManyToMany(
                members.text("IntersectEntityName"),
                members.text("Entity1LogicalName"),
                members.text("Entity1IntersectAttribute"),
                members.text("Entity2LogicalName"),
                members.text("Entity2IntersectAttribute"));
    }
}
