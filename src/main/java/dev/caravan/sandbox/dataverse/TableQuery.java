package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a table's rows.
 *
 * @param selected the value of {@code $select}; empty for all columns
 * @param columns what is to be written, the key among them
 * @param top most rows in all; null for no such bound
 * @param count whether the rows are to be counted
 */
record TableQuery(
        TableStore table,
        String selected,
        List<StoredColumn> columns,
        Filter filter,
        List<Order> orders,
        @Nullable Integer top,
        boolean count) {
    private static final int LARGEST_TOP = 5000;

    /** @throws Refusal where it is not understood */
    static TableQuery parse(TableStore table, ODataQuery options, boolean inFunction) {
        if (options.has("$expand")) {
            throw Refusal.bad("The query parameter '$expand' is not supported.");
        }
        Filter filter = options.value("$filter")
                .map(text -> FilterParser.parse(
                        text, table, inFunction, name -> options.value(name).orElse("")))
                .orElse(Filter.all());
        String order = options.value("$orderby").orElse("");
        if (!order.isEmpty() && table.state().orderRefused()) {
            throw Refusal.bad("The query parameter '$orderby' is not supported for this table.");
        }
        String selected = options.value("$select").orElse("");
        return new TableQuery(
                table,
                selected,
                columns(table, selected),
                filter,
                order.isEmpty() ? List.of() : Order.parse(order, table),
                top(options.value("$top")),
                options.value("$count").filter("true"::equals).isPresent());
    }

    private static List<StoredColumn> columns(TableStore table, String select) {
        if (select.isEmpty()) {
            return table.columns().stream()
                    .filter(column -> column.column().readable())
                    .toList();
        }
        List<StoredColumn> columns = new ArrayList<>();
        for (String name : select.split(",", -1)) {
            columns.add(column(table, name.trim()));
        }
        boolean money = columns.stream().anyMatch(column -> column.column().kind() == ColumnKind.MONEY);
        if (money) {
            table.column("transactioncurrencyid")
                    .filter(column -> !columns.contains(column))
                    .ifPresent(columns::add);
        }
        table.column(table.key()).filter(column -> !columns.contains(column)).ifPresent(columns::add);
        return columns;
    }

    private static StoredColumn column(TableStore table, String property) {
        return table.columns().stream()
                .filter(column -> column.column().property().equals(property)
                        && column.column().readable())
                .findFirst()
                .orElseThrow(
                        () -> Refusal.noProperty(property, table.description().logicalName()));
    }

    private static @Nullable Integer top(Optional<String> text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.get().matches("[0-9]{1,9}")) {
            throw Refusal.bad("Invalid value '" + text.get() + "' for $top query option found.");
        }
        int top = Integer.parseInt(text.get());
        return top > LARGEST_TOP ? null : (Integer) top;
    }
}
