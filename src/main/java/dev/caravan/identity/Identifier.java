package dev.caravan.identity;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
    private static final Hasher128 XXH128 = Hashing.xxh3_128();
    private static final HexFormat HEX = HexFormat.of();
    private static final ThreadLocal<CanonicalBytes> BUFFER = ThreadLocal.withInitial(CanonicalBytes::new);
    private static final ThreadLocal<RowHash> HASH = ThreadLocal.withInitial(RowHash::new);

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
            names[i] = target.get(i).name().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The row with both hashes and its reference. */
    public Row identify(Row row) {
        @Nullable Object[] normalised = row.normalisedValues() == null ? row.raw() : row.normalisedValues();
        CanonicalBytes buffer = BUFFER.get();
        fields(buffer.clear(), row.columns() == target ? row.values() : normalised);
        String data = HEX.formatHex(HASH.get().of(buffer.array(), buffer.length()));
        String key = keys.length == 0 ? xxh128(buffer) : keyHash(normalised);
        return row.identified(key, data, naming);
    }

    /** The data hash of values in the target's layout. */
    public String dataHash(@Nullable Object[] mapped) {
        CanonicalBytes buffer = BUFFER.get().clear();
        fields(buffer, mapped);
        return HEX.formatHex(HASH.get().of(buffer.array(), buffer.length()));
    }

    private String nameOf(Row row) {
        @Nullable Object[] normalised = row.normalisedValues() == null ? row.raw() : row.normalisedValues();
        return reference(normalised, String.valueOf(row.keyHash()));
    }

    /** The business-key hash of normalised values in the source's layout. */
    public String keyHash(@Nullable Object[] normalised) {
        CanonicalBytes buffer = BUFFER.get().clear();
        for (int key : keys) {
            buffer.value(normalised[key]);
        }
        return xxh128(buffer);
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

    private static String xxh128(CanonicalBytes buffer) {
        HashValue128 hash = XXH128.hashBytesTo128Bits(buffer.array(), 0, buffer.length());
        return HEX.toHexDigits(hash.getMostSignificantBits()) + HEX.toHexDigits(hash.getLeastSignificantBits());
    }
}
