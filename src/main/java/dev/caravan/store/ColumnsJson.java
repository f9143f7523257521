package dev.caravan.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A layout as JSON and back. Stateless. */
final class ColumnsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ColumnsJson() {}

    static String write(Columns columns) {
        ArrayNode list = JSON.createArrayNode();
        for (Column column : columns) {
            ObjectNode node = list.addObject();
            node.put("name", column.name());
            node.put("declared", column.declaredType());
            node.put("kind", column.type().kind().name());
            node.put("length", column.type().length());
            node.put("precision", column.type().precision());
            node.put("scale", column.type().scale());
            node.put("nullable", column.nullable());
            if (column.key()) {
                node.put("key", true);
            }
        }
        return list.toString();
    }

    static String writeNames(List<String> names) {
        return JSON.valueToTree(names).toString();
    }

    /** A layout that names its own keys; with the given ones where it names none. */
    static Columns read(String columns, List<String> otherwise) {
        try {
            List<String> keys = new ArrayList<>();
            for (JsonNode node : JSON.readTree(columns)) {
                if (node.path("key").asBoolean(false)) {
                    keys.add(node.path("name").asText());
                }
            }
            return read(columns, writeNames(keys.isEmpty() ? otherwise : keys));
        } catch (IOException corrupted) {
            throw refused(corrupted);
        }
    }

    static Columns read(String columns, String keys) {
        try {
            List<String> keyNames = new ArrayList<>();
            JSON.readTree(keys).forEach(key -> keyNames.add(key.asText()));
            List<Column> list = new ArrayList<>();
            for (JsonNode node : JSON.readTree(columns)) {
                String name = node.path("name").asText();
                ColumnType type = new ColumnType(
                        ColumnType.Kind.valueOf(node.path("kind").asText()),
                        node.path("length").asInt(),
                        node.path("precision").asInt(),
                        node.path("scale").asInt());
                list.add(new Column(
                        name,
                        node.path("declared").asText(),
                        type,
                        node.path("nullable").asBoolean(),
                        keyNames.contains(name)));
            }
            return new Columns(list, keyNames);
        } catch (IOException | IllegalArgumentException corrupted) {
            throw refused(corrupted);
        }
    }

    private static CaravanException refused(Exception corrupted) {
        return new CaravanException(
                FaultKind.CONFIGURATION, "STATE_REFUSED", "The remembered columns cannot be read", corrupted);
    }
}
