package dev.caravan.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.TableLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Links of tables as JSON and back. Stateless. */
final class LinksJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LinksJson() {}

    static String write(List<TableLink> links) {
        ArrayNode list = JSON.createArrayNode();
        for (TableLink link : links) {
            list.addObject()
                    .put("column", link.column())
                    .put("table", link.table())
                    .put("referenced", link.referenced())
                    .put("found", link.found());
        }
        return list.toString();
    }

    static List<TableLink> read(String text) {
        try {
            List<TableLink> links = new ArrayList<>();
            for (JsonNode node : JSON.readTree(text)) {
                links.add(new TableLink(
                        node.path("column").asText(),
                        node.path("table").asText(),
                        node.path("referenced").asText(),
                        node.path("found").asText()));
            }
            return links;
        } catch (IOException corrupted) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION, "STATE_REFUSED", "The remembered foreign keys cannot be read", corrupted);
        }
    }
}
