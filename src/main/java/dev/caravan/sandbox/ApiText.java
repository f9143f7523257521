package dev.caravan.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an API says of itself, as it goes over the wire. Stateless. */
final class ApiText {
    private ApiText() {}

    static Map<String, @Nullable Object> of(SandboxApi api) {
        List<Object> columns = new ArrayList<>();
        api.columns().forEach(column -> columns.add(column(column)));
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put("slug", api.slug());
        text.put("name", api.name());
        text.put("description", api.description());
        text.put("columns", columns);
        text.put("business_key_columns", api.businessKeyColumns());
        text.put("delta_strategy", api.deltaStrategy());
        return text;
    }

    private static Map<String, @Nullable Object> column(SandboxColumn column) {
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put("name", column.name());
        text.put("output_alias", column.outputAlias());
        text.put("data_type", column.dataType());
        text.put("is_nullable", column.nullable());
        text.put("is_business_key", column.businessKey());
        text.put("max_length", column.maxLength());
        text.put("precision", column.precision());
        text.put("scale", column.scale());
        return text;
    }
}
