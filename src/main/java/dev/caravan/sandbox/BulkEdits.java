package dev.caravan.sandbox;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Edits of rows picked at random; the same seed makes the same edits. Thread-safe by the table's lock. */
final class BulkEdits {
    private final SandboxTable table;
    private final Random random;
    private long made;

    BulkEdits(SandboxTable table, long seed) {
        this.table = table;
        this.random = new Random(seed);
    }

    /** New rows like those there are, with keys of their own. */
    void insert(int count) {
        synchronized (table) {
            for (int i = 0; i < count; i++) {
                made++;
                table.insert(fresh());
            }
        }
    }

    void update(int count) {
        synchronized (table) {
            int size = table.size();
            List<Integer> positions = random.ints(0, Math.max(size, 1))
                    .distinct()
                    .limit(Math.min(count, size))
                    .boxed()
                    .toList();
            for (int position : positions) {
                made++;
                table.update(position, altered(table.row(position)));
            }
        }
    }

    void delete(int count) {
        synchronized (table) {
            for (int i = Math.min(count, table.size()); i > 0; i--) {
                table.delete(random.nextInt(table.size()));
            }
        }
    }

    private Map<String, @Nullable Object> fresh() {
        Map<String, @Nullable Object> values = table.size() == 0
                ? new LinkedHashMap<>()
                : new LinkedHashMap<>(table.row(random.nextInt(table.size())).values());
        for (SandboxColumn column : table.api().columns()) {
            if (column.businessKey()) {
                values.put(column.name(), freshKey(column));
            }
        }
        return values;
    }

    private Object freshKey(SandboxColumn column) {
        if (isNumber(column)) {
            return 900_000L + made;
        }
        return "NEW-" + made;
    }

    private Map<String, @Nullable Object> altered(SandboxRow row) {
        for (SandboxColumn column : table.api().columns()) {
            if (column.businessKey()) {
                continue;
            }
            if (isText(column)) {
                return SandboxRow.values(column.name(), "Changed " + made);
            }
            if (row.value(column.name()) instanceof BigDecimal number) {
                return SandboxRow.values(column.name(), number.add(BigDecimal.ONE));
            }
        }
        return Map.of();
    }

    private static boolean isNumber(SandboxColumn column) {
        return column.dataType().equals("NUMBER") || column.dataType().equals("INTEGER");
    }

    private static boolean isText(SandboxColumn column) {
        Integer length = column.maxLength();
        return column.dataType().equals("VARCHAR2") && (length == null || length >= 20);
    }
}
