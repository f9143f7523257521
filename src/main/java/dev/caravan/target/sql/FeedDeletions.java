package dev.caravan.target.sql;

import dev.caravan.model.Page;
import dev.caravan.model.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deletions that a source's answers carry themselves, between their rows. Safe for several threads. */
final class FeedDeletions {
    private final JdbcTemplate jdbc;
    private final TargetTable table;

    FeedDeletions(DataSource dataSource, TargetTable table) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
    }

    /** The statement that marks what the pages call gone and is live now, or comes to life with them; empty for nothing. */
    Optional<Changes.Batch> of(List<Page> pages, Instant now) {
        Set<String> gone = new LinkedHashSet<>();
        Set<String> arriving = new HashSet<>();
        for (Page page : pages) {
            for (Row row : page.rows()) {
                if (row.keyHash() != null) {
                    arriving.add(row.keyHash());
                    gone.remove(row.keyHash());
                }
            }
            gone.addAll(page.gone());
        }
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        Set<String> live = live(gone);
        gone.removeIf(key -> !live.contains(key) && !arriving.contains(key));
        Object[] marks = table.audit().deleting(table, now);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String key : gone) {
            @Nullable Object[] values = new @Nullable Object[marks.length + 1];
            System.arraycopy(marks, 0, values, 0, marks.length);
            values[marks.length] = key;
            rows.add(values);
        }
        String sql = "UPDATE " + table.name() + " SET " + table.audit().deletion() + " WHERE " + key() + " = ?";
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Changes.Batch(sql, rows, List.of(), null));
    }

    private String key() {
        return table.keyColumns().get(0);
    }

    private Set<String> live(Set<String> keys) {
        Set<String> found = new HashSet<>();
        List<String> all = new ArrayList<>(keys);
        for (int from = 0; from < all.size(); from += TargetTable.KEYS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + TargetTable.KEYS_AT_ONCE));
            String sql = "SELECT " + table.audit().keyText("") + " FROM " + table.name() + " WHERE "
                    + table.dialect().keysIn(List.of(key()), some.size()) + " AND "
                    + table.audit().live("");
            found.addAll(jdbc.queryForList(sql, String.class, some.toArray()));
        }
        return found;
    }
}
