package dev.caravan.identity;

import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a row its business-key hash, its data hash and a name for people. Made once a run; safe for several threads.
 *
 * <p>The business-key hash is XXH128 over the canonical values of the key, normalised and before mapping, in the order of
 * the key; for an entity without a key it is over the named fields of the whole row. The data hash is BLAKE3 (32 bytes)
 * over the mapped fields that are not null, each with its name, in the order of the names.
 */
public final class Identifier {
    private static final int LONGEST_PART = 60;

    private final String entity;
    private final int[] keys;
    private final String[] keyLabels;
    private final Columns target;
    private final int[] sorted;
    private final byte[][] names;
    private final Function<Row, String> naming = this::nameOf;

    /**
     * @param entity the API's slug, for references
     * @param source the layout of normalised values
     * @param target the layout of mapped values
     */
    public Identifier(String entity, Columns source, Columns target) {
        this.entity = entity;
        this.keys = source.keyIndexes();
        this.keyLabels = source.keyNames().toArray(new String[0]);
        this.target = target;
        this.sorted = IntStream.range(0, target.size())
                .boxed()
                .sorted((a, b) -> target.get(a).name().compareTo(target.get(b).name()))
                .mapToInt(Integer::intValue)
                .toArray();
        this.names = new byte[target.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = CanonicalBytes.encoded(target.get(i).name());
        }
    }

    /** The row with both hashes and its reference. */
    public Row identify(Row row) {
        @Nullable Object[] normalised = row.normalisedValues() == null ? row.raw() : row.normalisedValues();
        CanonicalBytes buffer = CanonicalBytes.empty();
        fields(buffer, row.columns() == target ? row.values() : normalised);
        String data = buffer.blake3();
        String key = keys.length == 0 ? buffer.xxh128() : keyHash(buffer.clear(), normalised);
        return row.identified(key, data, naming);
    }

    /** The data hash of values in the target's layout. */
    public String dataHash(@Nullable Object[] mapped) {
        CanonicalBytes buffer = CanonicalBytes.empty();
        fields(buffer, mapped);
        return buffer.blake3();
    }

    private String nameOf(Row row) {
        @Nullable Object[] normalised = row.normalisedValues() == null ? row.raw() : row.normalisedValues();
        return reference(normalised, String.valueOf(row.keyHash()));
    }

    /** The business-key hash of normalised values in the source's layout. */
    public String keyHash(@Nullable Object[] normalised) {
        return keyHash(CanonicalBytes.empty(), normalised);
    }

    private String keyHash(CanonicalBytes buffer, @Nullable Object[] normalised) {
        for (int key : keys) {
            buffer.value(normalised[key]);
        }
        return buffer.xxh128();
    }

    private void fields(CanonicalBytes buffer, @Nullable Object[] values) {
        for (int index : sorted) {
            if (index < values.length && values[index] != null) {
                buffer.name(names[index]);
                buffer.value(values[index]);
            }
        }
    }

    /** A name for people: {@code items[PART_NO=ABC-1]}; without a key, {@code items[#} and the first digits of the hash. */
    public String reference(@Nullable Object[] values, String keyHash) {
        StringBuilder text = new StringBuilder(32).append(entity).append('[');
        if (keys.length == 0) {
            return text.append('#').append(keyHash, 0, 8).append(']').toString();
        }
        for (int i = 0; i < keys.length; i++) {
            String part = String.valueOf(values[keys[i]]);
            text.append(i == 0 ? "" : ",").append(keyLabels[i]).append('=');
            text.append(part, 0, Math.min(part.length(), LONGEST_PART));
        }
        return text.append(']').toString();
    }
}
