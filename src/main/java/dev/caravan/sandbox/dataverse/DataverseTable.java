package dev.caravan.sandbox.dataverse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table of the sandbox, to be edited while it answers. Columns are named by logical name or property. Every edit takes
 * the next version, which counts for all tables, and sets {@code modifiedon} to the clock's second; a value given for
 * {@code modifiedon}, NULL too, or for {@code versionnumber}, from {@link DataverseSandbox#openVersion}, is taken
 * instead. Thread-safe.
 */
public final class DataverseTable {
    private static final String CREATED = "createdon";
    private static final String MODIFIED = "modifiedon";

    private final World world;
    private final TableStore store;
    private final Random random;

    DataverseTable(World world, TableStore store) {
        this.world = world;
        this.store = store;
        this.random = new Random(store.description().entitySet().hashCode());
    }

    /** What it is, as it is now. */
    public TableDescription description() {
        return world.read(store::description);
    }

    /** How many rows there are. */
    public int size() {
        return world.read(store::size);
    }

    /** All rows by key: what a target in step with it holds. */
    public List<DataverseRow> rows() {
        List<DataverseRow> rows = new ArrayList<>();
        forEachRow(rows::add);
        return rows;
    }

    /** The same one by one, for tables that are too large to be held; the action must not edit any. */
    public void forEachRow(Consumer<DataverseRow> action) {
        world.read(() -> {
            store.byKey(null).forEachRemaining(row -> action.accept(RowWriter.row(store, row)));
            return true;
        });
    }

    /** The first keys, in order. */
    public List<String> keys(int most) {
        return world.read(() -> {
            List<String> keys = new ArrayList<>();
            Iterator<RowView> rows = store.byKey(null);
            while (keys.size() < most && rows.hasNext()) {
                keys.add(rows.next().key());
            }
            return keys;
        });
    }

    /** One row. @throws IllegalArgumentException where there is none */
    public DataverseRow row(String key) {
        return world.read(() -> store.find(key)
                .map(row -> RowWriter.row(store, row))
                .orElseThrow(() -> new IllegalArgumentException("No row " + key)));
    }

    /** Makes a row; columns not given are NULL. Gives its key. */
    public String insert(Map<String, @Nullable Object> values) {
        String key = Guids.random(world.write(world::nextVersion));
        insert(key, values);
        return key;
    }

    /** Makes a row with this key. @throws IllegalArgumentException where it is there already */
    public void insert(String key, Map<String, @Nullable Object> values) {
        world.change(() -> {
            Map<String, @Nullable Object> row = new HashMap<>();
            store.columns().forEach(column -> row.put(column.column().name(), null));
            String now = world.time();
            for (StoredColumn column : store.columns()) {
                usual(column.column(), key, now, row);
            }
            row.putAll(resolved(values));
            store.insert(key, version(values), row);
        });
    }

    /** Changes some columns of a row. */
    public void update(String key, Map<String, @Nullable Object> values) {
        world.change(() -> {
            Map<String, @Nullable Object> row = new HashMap<>();
            store.column(MODIFIED).ifPresent(column -> row.put(MODIFIED, world.time()));
            row.putAll(resolved(values));
            store.update(key, version(values), row);
        });
    }

    /** Changes one column of a row; null for NULL. */
    public void set(String key, String column, @Nullable Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(column, value);
        update(key, values);
    }

    /** Changes a row and says that it was changed at another time. */
    public void backdate(String key, Instant time) {
        set(key, MODIFIED, time.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Deletes a row. */
    public void delete(String key) {
        world.change(() -> store.delete(key, world.nextVersion()));
    }

    /** Brings a deleted row back as it was, with a new version. */
    public void undelete(String key) {
        world.change(() -> {
            Map<String, @Nullable Object> values = new HashMap<>(store.deletedValues(key));
            store.column(MODIFIED).ifPresent(column -> values.put(MODIFIED, world.time()));
            store.insert(key, world.nextVersion(), values);
        });
    }

    /** Makes so many copies of rows under new keys. */
    public void insertSome(int count) {
        for (int i = 0; i < count; i++) {
            Map<String, @Nullable Object> values = new HashMap<>();
            if (size() > 0) {
                DataverseRow like = row(any());
                values.putAll(like.values());
                like.targets()
                        .forEach((name, table) ->
                                values.put(name, new Reference(String.valueOf(like.value(name)), table)));
            }
            values.keySet()
                    .removeIf(name -> name.equals(store.key())
                            || name.equals(StoredColumn.VERSION)
                            || name.equals(MODIFIED)
                            || name.equals(CREATED)
                            || name.equals("ownerid"));
            insert(values);
        }
    }

    /** Changes a text of so many rows picked at random, or just their versions where they have none. */
    public void updateSome(int count) {
        for (int i = 0; i < count && size() > 0; i++) {
            Map<String, @Nullable Object> values = new HashMap<>();
            description().columns().stream()
                    .filter(column -> column.kind() == ColumnKind.STRING && column.readable())
                    .findFirst()
                    .ifPresent(column -> values.put(column.name(), "Changed " + random.nextInt(1_000_000)));
            update(any(), values);
        }
    }

    /** Deletes so many rows picked at random. */
    public void deleteSome(int count) {
        for (int i = 0; i < count && size() > 0; i++) {
            delete(any());
        }
    }

    /** Adds a column; NULL in the rows there are. Delta links from before have expired then, as with every new column. */
    public void addColumn(DataverseColumn column) {
        reshape(columns -> columns.add(new StoredColumn(column, number -> null)), column.name(), value -> value);
    }

    /** Takes a column away. */
    public void removeColumn(String name) {
        reshape(columns -> columns.removeIf(column -> column.is(name)), name, value -> value);
    }

    /** Gives the column of that name another type or length; values that do not fit become NULL. */
    public void retype(DataverseColumn column) {
        UnaryOperator<@Nullable Object> conversion = value -> Conversion.to(column.kind(), value);
        reshape(
                columns -> columns.replaceAll(each -> each.is(column.name())
                        ? new StoredColumn(
                                column, number -> conversion.apply(each.seeded().apply(number)))
                        : each),
                column.name(),
                conversion);
    }

    /** Whether it is gone from the environment, with its rows; they are there again when it comes back. */
    public void drop(boolean gone) {
        world.change(() -> {
            store.state().hide(gone);
            world.schemaChanged();
        });
    }

    /** Whether the one who asks may not read it, which is answered 403. */
    public void deny(boolean on) {
        store.state().deny(on);
    }

    /** Whether the one who asks may read it, but not the whole organization's, which tracking changes needs: 403. */
    public void denyTracking(boolean on) {
        store.state().denyTracking(on);
    }

    /**
     * Secures a column from now on.
     *
     * @param on whether the one who asks may not read it, so that it is NULL in all rows
     */
    public void secure(String column, boolean on) {
        store.state().secure(column, on);
    }

    /** Whether {@code $orderby} is answered 400. */
    public void refuseOrder(boolean on) {
        store.state().refuseOrder(on);
    }

    /** The most rows a page, 5000 unless set; 500 for elastic tables. */
    public void setLargestPage(int rows) {
        store.state().setLargestPage(rows);
    }

    /** Whether the cookies in its next links are base64 within, as those of virtual tables. */
    public void makeCookiesOpaque(boolean on) {
        store.state().makeCookiesOpaque(on);
    }

    /** Whether changes are tracked. */
    public void setChangeTracking(boolean on) {
        world.change(() -> store.describe(store.description().withChangeTracking(on)));
    }

    /** Declares another column the key, in {@code $metadata} and in the definitions; rows stay as they are. */
    public void declareKey(String column) {
        world.change(() -> store.describe(store.description().withKey(column)));
    }

    private String any() {
        return world.read(() -> {
            Iterator<RowView> rows = store.byKey(Guids.random(random.nextLong()));
            return (rows.hasNext() ? rows : store.byKey(null)).next().key();
        });
    }

    private void reshape(
            Consumer<List<StoredColumn>> change, String changed, UnaryOperator<@Nullable Object> conversion) {
        world.change(() -> {
            List<StoredColumn> columns = new ArrayList<>(store.columns());
            change.accept(columns);
            store.reshape(columns, changed, conversion);
        });
    }

    /** What the service fills in by itself. */
    private void usual(DataverseColumn column, String key, String now, Map<String, @Nullable Object> row) {
        String name = column.name();
        if (name.equals(store.key()) || name.equals("ownerid") && column.kind() == ColumnKind.GUID) {
            row.put(name, key);
        } else if (name.equals(CREATED) || name.equals(MODIFIED)) {
            row.put(name, now);
        } else if (column.kind() == ColumnKind.STATE) {
            row.put(name, 0);
        } else if (column.kind() == ColumnKind.STATUS) {
            row.put(name, 1);
        }
    }

    private Map<String, @Nullable Object> resolved(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> resolved = new HashMap<>();
        values.forEach((name, value) -> {
            StoredColumn column =
                    store.column(name).orElseThrow(() -> new IllegalArgumentException("No column " + name));
            if (!column.column().name().equals(StoredColumn.VERSION)) {
                resolved.put(column.column().name(), column.stored(value));
            }
        });
        return resolved;
    }

    private long version(Map<String, @Nullable Object> values) {
        if (values.get(StoredColumn.VERSION) instanceof Long opened) {
            world.closed(opened);
            return opened;
        }
        return world.nextVersion();
    }
}
