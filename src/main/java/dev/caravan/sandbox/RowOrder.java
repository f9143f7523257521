package dev.caravan.sandbox;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders rows by some of their columns, as Oracle does: numbers by value, texts by code unit, NULL last. */
final class RowOrder implements Comparator<SandboxRow> {
    private final List<String> columns;

    RowOrder(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public int compare(SandboxRow left, SandboxRow right) {
        for (String column : columns) {
            int order = compareValues(left.value(column), right.value(column));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareValues(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        if (left instanceof Number && right instanceof Number) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
        }
        return left.toString().compareTo(right.toString());
    }
}
