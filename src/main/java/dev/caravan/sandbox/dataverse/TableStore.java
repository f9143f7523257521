package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table: numbered ones, made by their number whenever they are asked for, and those that were made or
 * changed since, which are held. Under the lock of its {@link World}.
 */
final class TableStore {
    private final World world;
    private final Guids guids;
    private final int seeded;
    private final long firstVersion;
    private final Map<Integer, HeldRow> changed = new HashMap<>();
    private final BitSet gone = new BitSet();
    private final NavigableMap<String, HeldRow> inserted = new TreeMap<>();
    private final NavigableMap<Long, HeldRow> versions = new TreeMap<>();
    private final NavigableMap<Long, String> deletions = new TreeMap<>();
    private final Map<String, HeldRow> deleted = new HashMap<>();
    private final TableState state = new TableState();
    private TableDescription description;
    private List<StoredColumn> columns;
    private long schemaSince;
    private final String key;

    TableStore(World world, TableDescription description, List<StoredColumn> columns, Guids guids, int seeded) {
        this.world = world;
        this.description = description;
        this.columns = List.copyOf(columns);
        this.guids = guids;
        this.key = description.primaryId();
        this.seeded = seeded;
        this.firstVersion = world.reserve(seeded);
    }

    TableDescription description() {
        return description;
    }

    /** The column that rows are known and paged by, whatever the schema declares. */
    String key() {
        return key;
    }

    void describe(TableDescription other) {
        description = other;
        world.schemaChanged();
    }

    /** The version of the last numbered row; what is above it is held. */
    long lastNumberedVersion() {
        return firstVersion + seeded - 1;
    }

    TableState state() {
        return state;
    }

    List<StoredColumn> columns() {
        return columns;
    }

    /** The version at which its columns were last changed; 0 where they never were. */
    long schemaSince() {
        return schemaSince;
    }

    Optional<StoredColumn> column(String nameOrProperty) {
        return columns.stream().filter(column -> column.is(nameOrProperty)).findFirst();
    }

    int size() {
        return seeded - gone.cardinality() + inserted.size();
    }

    Optional<RowView> find(String key) {
        int number = guids.number(key);
        if (number < 0) {
            return Optional.ofNullable(inserted.get(key));
        }
        return gone.get(number) ? Optional.empty() : Optional.of(numbered(number));
    }

    /** Rows in the order of their keys, after this one or from the first. */
    Iterator<RowView> byKey(@Nullable String after) {
        int from = after == null ? 0 : guids.firstAfter(after);
        NavigableMap<String, HeldRow> others = after == null ? inserted : inserted.tailMap(after, false);
        return new KeyOrder(this, gone.nextClearBit(from), others.values().iterator());
    }

    /** Rows in the order of their versions, after this one: what is held is younger than what is numbered. */
    Iterator<RowView> byVersion(long after) {
        long from = Math.max(0, Math.min(seeded, after - firstVersion + 1));
        return new VersionOrder(
                this, (int) from, versions.tailMap(after, false).values().iterator());
    }

    /** The keys deleted after a version, in order, by the version of the deletion. */
    NavigableMap<Long, String> deletionsAfter(long version) {
        return deletions.tailMap(version, false);
    }

    void insert(String key, long version, Map<String, @Nullable Object> values) {
        if (find(key).isPresent()) {
            throw new IllegalArgumentException("There is a row " + key + " in " + description.entitySet());
        }
        hold(new HeldRow(key, version, values));
        deletions.values().removeIf(key::equals);
        deleted.remove(key);
    }

    void update(String key, long version, Map<String, @Nullable Object> changes) {
        RowView row = row(key);
        Map<String, @Nullable Object> values = values(row);
        values.putAll(changes);
        versions.remove(row.version());
        hold(new HeldRow(key, version, values));
    }

    void delete(String key, long version) {
        RowView row = row(key);
        deleted.put(key, new HeldRow(key, row.version(), values(row)));
        versions.remove(row.version());
        int number = guids.number(key);
        if (number >= 0) {
            gone.set(number);
            changed.remove(number);
        }
        inserted.remove(key);
        deletions.put(version, key);
    }

    /** What a deleted row held last. */
    Map<String, @Nullable Object> deletedValues(String key) {
        HeldRow row = deleted.get(key);
        if (row == null) {
            throw new IllegalArgumentException(key + " was not deleted from " + description.entitySet());
        }
        return row.values();
    }

    /** Other columns; those that are kept keep their values, changed by the function given for one of them. */
    void reshape(List<StoredColumn> others, String changedColumn, UnaryOperator<@Nullable Object> conversion) {
        columns = List.copyOf(others);
        description = description.withColumns(
                others.stream().map(StoredColumn::column).toList());
        List<HeldRow> held = new ArrayList<>(versions.values());
        for (HeldRow row : held) {
            row.values().computeIfPresent(changedColumn, (name, value) -> conversion.apply(value));
        }
        schemaSince = world.nextVersion();
        world.schemaChanged();
    }

    /** The id of a numbered row. */
    String key(int number) {
        return guids.of(number);
    }

    int seeded() {
        return seeded;
    }

    boolean isGone(int number) {
        return gone.get(number);
    }

    boolean isHeld(int number) {
        return changed.containsKey(number);
    }

    int nextThere(int number) {
        return gone.nextClearBit(number);
    }

    RowView numbered(int number) {
        HeldRow held = changed.isEmpty() ? null : changed.get(number);
        return held == null ? new Numbered(number) : held;
    }

    Map<String, @Nullable Object> values(RowView row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (StoredColumn column : columns) {
            values.put(column.column().name(), row.value(column));
        }
        return values;
    }

    private RowView row(String key) {
        return find(key)
                .orElseThrow(() -> new IllegalArgumentException("No row " + key + " in " + description.entitySet()));
    }

    private void hold(HeldRow row) {
        int number = guids.number(row.key());
        if (number >= 0) {
            changed.put(number, row);
            gone.clear(number);
        } else {
            inserted.put(row.key(), row);
        }
        versions.put(row.version(), row);
    }

    /** A row made by its number. */
    private final class Numbered implements RowView {
        private final int number;
        private @Nullable String key;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        public String key() {
            String known = key;
            if (known == null) {
                known = guids.of(number);
                key = known;
            }
            return known;
        }

        @Override
        public long version() {
            return firstVersion + number;
        }

        @Override
        public @Nullable Object value(StoredColumn column) {
            return column.seeded().apply(number);
        }
    }
}
