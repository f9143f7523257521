package dev.caravan.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request for data asks for. Pages count from 1; {@code conditions} are the parameters that have no meaning of their own. */
record DataQuery(
        int page,
        int pageSize,
        @Nullable String rowversionGreaterThan,
        List<String> orderBy,
        Map<String, String> conditions) {

    private static final Set<String> OWN = Set.of("page", "page_size", "rowversion_gt", "order_by");
    private static final int DEFAULT_PAGE_SIZE = 100;

    static DataQuery of(Map<String, String> parameters, SandboxOptions options) {
        int page = positive(parameters, "page", 1);
        int pageSize = positive(parameters, "page_size", DEFAULT_PAGE_SIZE);
        if (pageSize > options.maximumPageSize()) {
            throw new Refused(422, "page_size must be at most " + options.maximumPageSize());
        }
        Map<String, String> conditions = new LinkedHashMap<>(parameters);
        conditions.keySet().removeAll(OWN);
        return new DataQuery(
                page,
                pageSize,
                parameters.get("rowversion_gt"),
                options.orderBy() ? names(parameters.getOrDefault("order_by", "")) : List.of(),
                options.keyLookup() ? conditions : Map.of());
    }

    /** Index of the page's first row in a listing. */
    long first() {
        return (page - 1L) * pageSize;
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static int positive(Map<String, String> parameters, String name, int otherwise) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1) {
            throw new Refused(422, name + " must be a number from 1");
        }
        return Integer.parseInt(text);
    }
}
