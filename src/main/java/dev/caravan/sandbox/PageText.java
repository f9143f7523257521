package dev.caravan.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a page. */
final class PageText {
    static final String HEAD = "{\"rows\":[";

    private PageText() {}

    /** A whole page with these rows. */
    static String page(SandboxApi api, List<SandboxRow> rows, DataQuery query, SandboxOptions options, long total) {
        Map<String, String> outputNames = new LinkedHashMap<>();
        api.columns().forEach(column -> outputNames.put(column.name(), column.outputName()));
        Json json = new Json(64 + rows.size() * 256).raw(HEAD);
        String before = "";
        for (SandboxRow row : rows) {
            json.raw(before).value(envelope(api, outputNames, row));
            before = ",";
        }
        return json.raw(tail(query, options, total)).toString();
    }

    /** What follows the last row. */
    static String tail(DataQuery query, SandboxOptions options, long total) {
        List<String> hints = new ArrayList<>();
        if (options.total()) {
            hints.add(",\"total\":" + total);
        }
        if (options.pageEcho()) {
            hints.add(",\"page\":" + query.page() + ",\"page_size\":" + query.pageSize());
        }
        if (options.hasMore()) {
            hints.add(",\"has_more\":" + (query.first() + query.pageSize() < total));
        }
        return "]" + String.join("", hints) + "}";
    }

    private static Map<String, @Nullable Object> envelope(
            SandboxApi api, Map<String, String> outputNames, SandboxRow row) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        api.businessKeyColumns().forEach(key -> keys.put(key, row.value(key)));
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        row.values().forEach((name, value) -> data.put(outputNames.getOrDefault(name, name), value));
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("oracle_keys", keys);
        envelope.put("row_version", row.rowVersion());
        envelope.put("data", data);
        return envelope;
    }
}
