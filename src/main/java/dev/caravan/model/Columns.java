package dev.caravan.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The layout that all rows of an entity share: columns in order, found by name without regard to case.
 *
 * <p>Immutable and safe for use by several threads. Two layouts are the same only if they are the same object, so that
 * work done once a layout can be kept by identity.
 */
public final class Columns implements Iterable<Column> {
    private final List<Column> all;
    private final List<String> keyNames;
    private final int[] keyIndexes;
    private final Map<String, Integer> indexes;

    /**
     * @param all the columns in order
     * @param keyNames names of the business-key columns in the order of the key; each must be one of {@code all}; empty for none
     * @throws IllegalArgumentException for two columns whose names differ only by case, or a key without its column
     */
    public Columns(List<Column> all, List<String> keyNames) {
        this.all = List.copyOf(all);
        this.keyNames = List.copyOf(keyNames);
        this.indexes = new HashMap<>(all.size() * 2);
        for (int i = 0; i < all.size(); i++) {
            if (indexes.put(fold(all.get(i).name()), i) != null) {
                throw new IllegalArgumentException(
                        "Two columns are called " + all.get(i).name());
            }
        }
        this.keyIndexes = new int[keyNames.size()];
        for (int i = 0; i < keyIndexes.length; i++) {
            keyIndexes[i] = indexOf(keyNames.get(i));
            if (keyIndexes[i] < 0) {
                throw new IllegalArgumentException("No column is called " + keyNames.get(i) + ", which the key names");
            }
        }
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Number of columns. */
    public int size() {
        return all.size();
    }

    /** The column at an index from 0. */
    public Column get(int index) {
        return all.get(index);
    }

    /** Index from 0 of the column of this name, without regard to case; -1 if there is none. */
    public int indexOf(String name) {
        return indexes.getOrDefault(fold(name), -1);
    }

    /** Indexes of the business-key columns, in the order of the key; not to be changed. */
    public int[] keyIndexes() {
        return keyIndexes;
    }

    /** Names of the business-key columns, in the order of the key; empty for an entity without a key. */
    public List<String> keyNames() {
        return keyNames;
    }

    /** All columns, in order; unmodifiable. */
    public List<Column> list() {
        return all;
    }

    /** All names, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>(all.size());
        for (Column column : all) {
            names.add(column.name());
        }
        return names;
    }

    @Override
    public Iterator<Column> iterator() {
        return all.iterator();
    }
}
