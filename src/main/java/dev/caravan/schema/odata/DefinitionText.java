package dev.caravan.schema.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.schema.odata.EntityDefinition.ManyToMany;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a definition says of a table's columns and links, as a short text that is kept between runs. Targets of lookups are
 * left out: the metadata document says them. Stateless.
 */
public final class DefinitionText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DefinitionText() {}

    /** The text; columns in the order of their names, so that the same definition is the same text. */
    public static String write(List<AttributeDefinition> columns, List<ManyToMany> links) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("columns");
        columns.stream()
                .sorted(java.util.Comparator.comparing(AttributeDefinition::name))
                .forEach(column -> list.addArray()
                        .add(column.name())
                        .add(column.type())
                        .add(column.attributeOf())
                        .add(column.readable())
                        .add(column.required())
                        .add(column.maxLength())
                        .add(column.precision())
                        .add(column.dateBehavior())
                        .add(column.securedAs()));
        ArrayNode joins = root.putArray("links");
        links.forEach(link -> joins.addArray()
                .add(link.intersect())
                .add(link.first())
                .add(link.firstColumn())
                .add(link.second())
                .add(link.secondColumn()));
        return root.toString();
    }

    /** The definition with what the text says besides; as it is where the text is none of ours. */
    public static EntityDefinition read(EntityDefinition plain, String text) {
        List<AttributeDefinition> columns = new ArrayList<>();
        List<ManyToMany> links = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(text);
            for (JsonNode column : root.path("columns")) {
                columns.add(new AttributeDefinition(
                        column.path(0).asText(),
                        column.path(1).asText(),
                        column.path(2).asText(),
                        column.path(3).asBoolean(true),
                        false,
                        column.path(4).asText(),
                        column.path(5).asInt(),
                        column.path(6).asInt(-1),
                        column.path(7).asText(),
                        List.of(),
                        column.path(8).asText()));
            }
            for (JsonNode link : root.path("links")) {
                links.add(new ManyToMany(
                        link.path(0).asText(),
                        link.path(1).asText(),
                        link.path(2).asText(),
                        link.path(3).asText(),
                        link.path(4).asText()));
            }
        } catch (IOException damaged) {
            return plain;
        }
        return plain.with(columns).linked(links);
    }
}
