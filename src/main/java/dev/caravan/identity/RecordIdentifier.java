package dev.caravan.identity;

import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives a row of a source with keys of its own its key as one text, its data hash and a name for people. Made once a run;
 * safe for several threads.
 *
 * <p>The data hash is that of {@link Identifier} over all fields but some that change without the row having changed.
 */
public final class RecordIdentifier {
    private final int[] keys;
    private final int[] hashed;
    private final byte[][] names;
    private final Function<Row, String> naming;

    /**
     * @param entity for references
     * @param source the layout of normalised values
     * @param target the layout of mapped values
     * @param without names of target columns that the hash leaves out
     */
    public RecordIdentifier(String entity, Columns source, Columns target, Set<String> without) {
        this.keys = source.keyIndexes();
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < target.size(); i++) {
            if (!without.contains(target.get(i).name())) {
                indexes.add(i);
            }
        }
        indexes.sort(Comparator.comparing(index -> target.get(index).name()));
        this.hashed = indexes.stream().mapToInt(Integer::intValue).toArray();
        this.names = new byte[hashed.length][];
        for (int i = 0; i < hashed.length; i++) {
            names[i] = CanonicalBytes.encoded(target.get(hashed[i]).name());
        }
        this.naming = row -> entity + "[" + row.keyHash() + "]";
    }

    /** The row with its key, its hash and its name. */
    public Row identify(Row row) {
        @Nullable Object[] normalised = row.normalisedValues() == null ? row.raw() : row.normalisedValues();
        return row.identified(keyText(normalised), dataHash(row.values()), naming);
    }

    /** The data hash of values in the target's layout. */
    public String dataHash(@Nullable Object[] values) {
        CanonicalBytes buffer = CanonicalBytes.empty();
        for (int i = 0; i < hashed.length; i++) {
            Object value = values[hashed[i]];
            if (value != null) {
                buffer.name(names[i]);
                buffer.value(value);
            }
        }
        return buffer.blake3();
    }

    /** The key of normalised values in the source's layout: its parts, with a bar between. */
    public String keyText(@Nullable Object[] normalised) {
        StringJoiner text = new StringJoiner("|");
        for (int key : keys) {
            text.add(String.valueOf(normalised[key]));
        }
        return text.toString();
    }
}
