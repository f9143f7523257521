package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the rows of a page: by key, by version, or sorted. Under the lock of the world. */
final class RowReader {
    private final TableQuery query;
    private final TableStore table;
    private final @Nullable PagingCookie cookie;
    private final boolean repeatedTies;

    /** @param repeatedTies whether a page sorted by columns that are not unique repeats the last row before it */
    RowReader(TableQuery query, @Nullable PagingCookie cookie, boolean repeatedTies) {
        this.repeatedTies = repeatedTies;
        this.query = query;
        this.table = query.table();
        this.cookie = cookie;
    }

    /** At most so many rows after those that the cookie says were read. */
    List<RowView> read(int limit) {
        if (query.orders().isEmpty()) {
            return filtered(byKey(), limit);
        }
        Order first = query.orders().get(0);
        boolean byVersion = first.column().column().name().equals(StoredColumn.VERSION) && !first.descending();
        return byVersion ? filtered(byVersion(), limit) : sorted(limit);
    }

    /** How many there are in all, counted up to a bound. */
    int count(int bound) {
        return filtered(new RowReader(query, null, false).byKey(), bound).size();
    }

    /** The cookie for the page after these rows. */
    PagingCookie next(List<RowView> rows, boolean tracking) {
        RowView first = rows.get(0);
        RowView last = rows.get(rows.size() - 1);
        List<PagingCookie.Mark> marks = new ArrayList<>();
        for (Order order : query.orders()) {
            String name = order.column().column().name();
            if (!name.equals(table.key())) {
                marks.add(new PagingCookie.Mark(name, text(order.value(last)), text(order.value(first))));
            }
        }
        marks.add(new PagingCookie.Mark(table.key(), keyText(last.key()), keyText(first.key())));
        return new PagingCookie(
                cookie == null ? 2 : cookie.page() + 1,
                marks,
                tracking,
                table.state().opaqueCookies());
    }

    private Iterator<RowView> byKey() {
        String after = cookie == null ? null : lastKey(cookie);
        Optional<Set<String>> keys = query.filter().keys(table.key());
        if (keys.isPresent()) {
            return new TreeSet<>(keys.get())
                    .stream()
                            .filter(key -> after == null || key.compareTo(after) > 0)
                            .flatMap(key -> table.find(key).stream())
                            .iterator();
        }
        long above = query.filter().versionAbove();
        if (above < table.lastNumberedVersion()) {
            return table.byKey(after);
        }
        List<RowView> held = new ArrayList<>();
        table.byVersion(above).forEachRemaining(held::add);
        held.removeIf(row -> after != null && row.key().compareTo(after) <= 0);
        held.sort(Comparator.comparing(RowView::key));
        return held.iterator();
    }

    private Iterator<RowView> byVersion() {
        long above = query.filter().versionAbove();
        if (cookie != null) {
            above = Math.max(above, number(cookie.last(StoredColumn.VERSION)));
        }
        return table.byVersion(above);
    }

    private List<RowView> sorted(int limit) {
        Comparator<RowView> order = this::compare;
        PriorityQueue<RowView> best = new PriorityQueue<>(order.reversed());
        Iterator<RowView> all = new RowReader(query, null, false).byKey();
        while (all.hasNext()) {
            RowView row = all.next();
            if (query.filter().test(row) && isAfterCookie(row)) {
                best.add(row);
                if (best.size() > limit) {
                    best.remove();
                }
            }
        }
        List<RowView> rows = new ArrayList<>(best);
        Collections.sort(rows, order);
        return rows;
    }

    private int compare(RowView one, RowView other) {
        for (Order order : query.orders()) {
            int comparison = order.compare(order.value(one), order.value(other));
            if (comparison != 0) {
                return comparison;
            }
        }
        return one.key().compareTo(other.key());
    }

    private boolean isAfterCookie(RowView row) {
        if (cookie == null) {
            return true;
        }
        for (Order order : query.orders()) {
            DataverseColumn column = order.column().column();
            if (column.name().equals(table.key())) {
                return order.compare(row.key(), lastKey(cookie)) > 0;
            }
            String last = cookie.mark(column.name())
                    .orElseThrow(PagingCookie::malformed)
                    .last();
            int comparison =
                    order.compare(order.value(row), last == null ? null : Values.fromCookie(column.kind(), last));
            if (comparison != 0) {
                return comparison > 0;
            }
        }
        int comparison = row.key().compareTo(lastKey(cookie));
        return repeatedTies ? comparison >= 0 : comparison > 0;
    }

    private List<RowView> filtered(Iterator<RowView> candidates, int limit) {
        List<RowView> rows = new ArrayList<>();
        while (rows.size() < limit && candidates.hasNext()) {
            RowView row = candidates.next();
            if (query.filter().test(row)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private String lastKey(PagingCookie from) {
        String text = from.last(table.key());
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw PagingCookie.malformed();
        }
        return text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT);
    }

    private static String keyText(String key) {
        return "{" + key.toUpperCase(Locale.ROOT) + "}";
    }

    private static @Nullable String text(@Nullable Comparable<?> value) {
        return value == null ? null : Values.toCookie(value);
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw PagingCookie.malformed();
        }
        return Long.parseLong(text);
    }
}
