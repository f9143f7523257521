package dev.caravan.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows behind one API, in memory, and the edits that can be made to them.
 *
 * <p>Positions count from 0 in the order of insertion. An edit of a row's values gives the row a new version, taken
 * from the sandbox's clock; an edit of the columns does not, as in the database behind. Thread-safe: an edit is seen by
 * a page wholly or not at all.
 */
public final class SandboxTable implements RowSource {
    private final Supplier<String> version;
    private final BulkEdits bulk;
    private final List<SandboxRow> rows;
    private SandboxApi api;
    private List<String> sortedBy = List.of();
    private List<SandboxRow> sorted = List.of();

    SandboxTable(SandboxApi api, List<SandboxRow> rows, Supplier<String> version, long seed) {
        this.api = api;
        this.rows = new ArrayList<>(rows);
        this.version = version;
        this.bulk = new BulkEdits(this, seed);
    }

    @Override
    public synchronized SandboxApi api() {
        return api;
    }

    @Override
    public synchronized List<SandboxRow> rows() {
        return List.copyOf(rows);
    }

    /** How many rows there are. */
    public synchronized int size() {
        return rows.size();
    }

    /** The row at a position. */
    public synchronized SandboxRow row(int position) {
        return rows.get(position);
    }

    /**
     * Position of the row with this business key.
     *
     * @param key a value a key column, in the key's order, compared as text
     * @return -1 where there is none
     */
    public synchronized int positionOf(Object... key) {
        for (int i = 0; i < rows.size(); i++) {
            if (hasKey(rows.get(i), key)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds a row at the end. */
    public synchronized void insert(Map<String, ? extends @Nullable Object> values) {
        insertAt(rows.size(), values);
    }

    /** Adds a row at a position; those from there on move up by one. */
    public synchronized void insertAt(int position, Map<String, ? extends @Nullable Object> values) {
        rows.add(position, new SandboxRow(new LinkedHashMap<>(values), version.get()));
        changed();
    }

    /** Sets some values of a row. */
    public synchronized void update(int position, Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> merged =
                new LinkedHashMap<>(rows.get(position).values());
        merged.putAll(values);
        rows.set(position, new SandboxRow(merged, version.get()));
        changed();
    }

    /** Removes a row; those behind it move down by one. */
    public synchronized void delete(int position) {
        rows.remove(position);
        changed();
    }

    /** Takes a row out and puts it in at another position, its version unchanged. */
    public synchronized void move(int from, int to) {
        rows.add(to, rows.remove(from));
        changed();
    }

    /** Gives a row another version, null for none, and leaves its values. */
    public synchronized void setVersion(int position, @Nullable String rowVersion) {
        rows.set(position, new SandboxRow(rows.get(position).values(), rowVersion));
        changed();
    }

    /** Adds a column at the end, with one value for all rows there are. */
    public synchronized void addColumn(SandboxColumn column, @Nullable Object value) {
        List<SandboxColumn> columns = new ArrayList<>(api.columns());
        columns.add(column);
        api = api.withColumns(columns);
        rewrite(values -> values.put(column.name(), value));
    }

    /** Removes a column with its values, from the key too. */
    public synchronized void removeColumn(String name) {
        api = api.withColumns(api.columns().stream()
                .filter(Predicate.not(column -> column.name().equals(name)))
                .toList());
        rewrite(values -> values.remove(name));
    }

    /** Puts a column in the place of the one with the same name; the values stay. */
    public synchronized void retypeColumn(SandboxColumn column) {
        api = api.withColumns(api.columns().stream()
                .map(old -> old.name().equals(column.name()) ? column : old)
                .toList());
    }

    /** Makes these columns the business key. */
    public synchronized void changeKey(String... names) {
        api = api.withKey(List.of(names));
    }

    /** Says another delta strategy from now on. */
    public synchronized void changeStrategy(String strategy) {
        api = api.withDeltaStrategy(strategy);
    }

    @Override
    public synchronized ByteBuffer page(DataQuery query, SandboxOptions options) {
        List<SandboxRow> found = ordered(query.orderBy());
        Predicate<SandboxRow> wanted = RowFilter.of(api, query);
        if (!RowFilter.EVERYTHING.equals(wanted)) {
            found = found.stream().filter(wanted).toList();
        }
        int from = (int) Math.min(query.first(), found.size());
        int to = (int) Math.min((long) from + query.pageSize(), found.size());
        String text = PageText.page(api, found.subList(from, to), query, options, found.size());
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void insertSome(int count) {
        bulk.insert(count);
    }

    @Override
    public void updateSome(int count) {
        bulk.update(count);
    }

    @Override
    public void deleteSome(int count) {
        bulk.delete(count);
    }

    private List<SandboxRow> ordered(List<String> names) {
        List<String> columns = names.stream()
                .flatMap(name -> api.column(name).stream())
                .map(SandboxColumn::name)
                .toList();
        if (columns.isEmpty()) {
            return rows;
        }
        if (!columns.equals(sortedBy)) {
            Comparator<SandboxRow> order = new RowOrder(columns);
            sorted = rows.stream().sorted(order).toList();
            sortedBy = columns;
        }
        return sorted;
    }

    private boolean hasKey(SandboxRow row, Object... key) {
        List<String> names = api.businessKeyColumns();
        for (int i = 0; i < names.size(); i++) {
            if (i >= key.length || !SandboxRow.text(row.value(names.get(i))).equals(SandboxRow.text(key[i]))) {
                return false;
            }
        }
        return !names.isEmpty() && names.size() == key.length;
    }

    private void rewrite(Consumer<Map<String, @Nullable Object>> edit) {
        rows.replaceAll(row -> {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
            edit.accept(values);
            return new SandboxRow(values, row.rowVersion());
        });
        changed();
    }

    private void changed() {
        sortedBy = List.of();
        sorted = List.of();
    }
}
