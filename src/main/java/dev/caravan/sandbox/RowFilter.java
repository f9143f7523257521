package dev.caravan.sandbox;

import java.util.Map;
import java.util.function.Predicate;

/** Which rows a query asks for. */
final class RowFilter {
    /** What a query without conditions gets. */
    static final Predicate<SandboxRow> EVERYTHING = row -> true;

    private RowFilter() {}

    /**
     * Rows with a version above the one named, compared as text, and with every value asked for. A row without a version
     * is never above one; NULL equals nothing; a parameter that names no column says nothing.
     */
    static Predicate<SandboxRow> of(SandboxApi api, DataQuery query) {
        Predicate<SandboxRow> wanted = EVERYTHING;
        String after = query.rowversionGreaterThan();
        if (after != null) {
            wanted = row -> row.rowVersion() != null && row.rowVersion().compareTo(after) > 0;
        }
        for (Map.Entry<String, String> condition : query.conditions().entrySet()) {
            SandboxColumn column = api.column(condition.getKey()).orElse(null);
            if (column != null) {
                wanted = wanted.and(row -> hasText(row, column.name(), condition.getValue()));
            }
        }
        return wanted;
    }

    private static boolean hasText(SandboxRow row, String column, String text) {
        Object value = row.value(column);
        return value != null && SandboxRow.text(value).equals(text);
    }
}
