package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One column to sort by; NULLs come first, as in SQL Server. */
record Order(StoredColumn column, boolean descending) {
    private static final Pattern ITEM = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)(?:\\s+(asc|desc))?\\s*");

    /** @throws Refusal where it is not understood */
    static List<Order> parse(String text, TableStore table) {
        List<Order> orders = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            Matcher matcher = ITEM.matcher(item);
            if (!matcher.matches()) {
                throw Refusal.bad("Syntax error in '" + text + "'.");
            }
            Optional<StoredColumn> column = table.columns().stream()
                    .filter(each -> each.column().property().equals(matcher.group(1)))
                    .findFirst();
            orders.add(new Order(
                    column.orElseThrow(() -> Refusal.noProperty(
                            matcher.group(1), table.description().logicalName())),
                    "desc".equals(matcher.group(2))));
        }
        return orders;
    }

    @Nullable
    Comparable<?> value(RowView row) {
        return Values.comparable(column.column().kind(), column.of(row));
    }

    int compare(@Nullable Comparable<?> one, @Nullable Comparable<?> other) {
        int comparison = compareAscending(one, other);
        return descending ? -comparison : comparison;
    }

    private static int compareAscending(@Nullable Comparable<?> one, @Nullable Comparable<?> other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        return Values.compare(one, other);
    }
}
