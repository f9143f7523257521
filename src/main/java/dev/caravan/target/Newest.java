package dev.caravan.target;

import dev.caravan.model.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of several rows of one key counts. Stateless. */
public final class Newest {
    private Newest() {}

    /** Of rows that came several times, the one that came last, as the source orders its changes; by key hash. */
    public static Map<String, Row> of(List<Row> rows) {
        Map<String, Row> newest = new HashMap<>();
        for (Row row : rows) {
            if (row.keyHash() != null) {
                newest.merge(row.keyHash(), row, (before, now) -> isOlder(now, before) ? before : now);
            }
        }
        return newest;
    }

    private static boolean isOlder(Row row, Row than) {
        String version = row.rowVersion();
        String other = than.rowVersion();
        if (version == null || other == null) {
            return false;
        }
        return version.length() == other.length() ? version.compareTo(other) < 0 : version.length() < other.length();
    }
}
