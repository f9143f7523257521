package dev.caravan.sandbox.dataverse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows as the Web API does: etag, then the columns asked for, each after its annotations. */
final class RowWriter {
    private static final String FORMATTED = "OData.Community.Display.V1.FormattedValue";
    private static final String TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname";
    private static final String NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty";
    private static final byte[] ETAG = bytes("{\"@odata.etag\":\"W/\\\"");
    private static final byte[] ETAG_END = bytes("\\\"\"");
    private static final byte[] END = bytes("}");

    private final List<Field> fields = new ArrayList<>();
    private final TableState state;
    private final boolean formatted;
    private final boolean tables;
    private final boolean navigations;

    private record Field(StoredColumn column, String name) {}

    RowWriter(TableStore table, List<StoredColumn> columns, Preferences preferences) {
        state = table.state();
        formatted = preferences.wants(FORMATTED);
        tables = preferences.wants(TABLE);
        navigations = preferences.wants(NAVIGATION);
        for (StoredColumn column : columns) {
            fields.add(new Field(column, ",\"" + column.column().property() + "\":"));
        }
    }

    void write(JsonBytes out, RowView row) {
        out.raw(ETAG).raw(Long.toString(row.version())).raw(ETAG_END);
        for (Field field : fields) {
            DataverseColumn column = field.column().column();
            Object value =
                    state.isUnreadable(column.name()) ? null : field.column().of(row);
            if (value != null) {
                annotate(out, column, value);
            }
            out.ascii(field.name()).value(value);
        }
        out.raw(END);
    }

    private void annotate(JsonBytes out, DataverseColumn column, Object value) {
        if (value instanceof Reference reference) {
            boolean ofPeople = Names.hasNoNavigationName(column);
            annotation(
                    out,
                    column,
                    NAVIGATION,
                    navigations && !ofPeople ? Names.navigation(column, reference.table()) : null);
            annotation(out, column, TABLE, tables ? reference.table() : null);
        }
        annotation(out, column, FORMATTED, formatted ? formatted(column, value) : null);
    }

    private static void annotation(JsonBytes out, DataverseColumn column, String name, @Nullable String text) {
        if (text != null) {
            out.raw(",\"" + column.property() + "@" + name + "\":").string(text);
        }
    }

    /** As the one who asks would see it: not to be parsed. */
    private static @Nullable String formatted(DataverseColumn column, Object value) {
        if (value instanceof Reference reference) {
            return "Name of " + reference.id().substring(0, 8);
        }
        return switch (column.kind()) {
            case MONEY -> "$" + value;
            case STATE -> value.equals(0) ? "Active" : "Inactive";
            case PICKLIST, STATUS -> "Choice " + value;
            case BOOLEAN -> Boolean.TRUE.equals(value) ? "Yes" : "No";
            case DATETIME, DATE -> value.toString().substring(5, 10).replace('-', '/');
            default -> null;
        };
    }

    /** The row as the sandbox itself knows it, by property. */
    static DataverseRow row(TableStore table, RowView view) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Map<String, String> targets = new HashMap<>();
        for (StoredColumn column : table.columns()) {
            if (!column.column().readable()) {
                continue;
            }
            Object value = column.of(view);
            String property = column.column().property();
            if (value instanceof Reference reference) {
                targets.put(property, reference.table());
            }
            values.put(property, value instanceof Reference reference ? reference.id() : value);
        }
        return new DataverseRow(view.key(), view.version(), values, targets);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
