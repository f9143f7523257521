package dev.caravan.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way: an array of values beside a shared layout.
 *
 * <p>Each stage hands on a new row that shares what it did not change. The arrays are not copied: who made an array
 * gives it away and does not touch it again. {@code raw} and {@code normalised} are kept for the dead letters.
 */
public final class Row {
    private final Columns sourceColumns;
    private final @Nullable Object[] raw;
    private final @Nullable String rowVersion;
    private final @Nullable Function<Row, String> reference;
    private final @Nullable Utf8 extra;
    private final @Nullable Object @Nullable [] normalised;
    private final Columns columns;
    private final @Nullable Object[] values;
    private final @Nullable String keyHash;
    private final @Nullable String dataHash;

    private Row(
            Columns sourceColumns,
            @Nullable Object[] raw,
            @Nullable String rowVersion,
            @Nullable Function<Row, String> reference,
            @Nullable Utf8 extra,
            @Nullable Object @Nullable [] normalised,
            Columns columns,
            @Nullable Object[] values,
            @Nullable String keyHash,
            @Nullable String dataHash) {
        this.sourceColumns = sourceColumns;
        this.raw = raw;
        this.rowVersion = rowVersion;
        this.reference = reference;
        this.extra = extra;
        this.normalised = normalised;
        this.columns = columns;
        this.values = values;
        this.keyHash = keyHash;
        this.dataHash = dataHash;
    }

    /**
     * A row as the source sent it.
     *
     * @param columns the source's layout
     * @param raw a value per column as read from JSON: {@link String}, {@link Boolean}, {@link Long},
     *     {@link java.math.BigDecimal}, or null; arrays and objects as their JSON text
     * @param rowVersion the source's version of the row as it writes it; null where it sends none
     * @param reference a name of the row for people, {@code items[PART_NO=ABC-1]}; empty where none is known yet
     * @param extra JSON object of fields that no column explains; null for none
     */
    public static Row raw(
            Columns columns,
            @Nullable Object[] raw,
            @Nullable String rowVersion,
            String reference,
            @Nullable Utf8 extra) {
        Function<Row, String> name = reference.isEmpty() ? null : row -> reference;
        return new Row(columns, raw, rowVersion, name, extra, null, columns, raw, null, null);
    }

    /** The same row with values of the declared types, in the source's layout. */
    public Row normalised(@Nullable Object[] typed) {
        return new Row(
                sourceColumns, raw, rowVersion, reference, extra, typed, sourceColumns, typed, keyHash, dataHash);
    }

    /** The same row as the target's columns, in the target's order. */
    public Row mapped(Columns target, @Nullable Object[] mapped) {
        return new Row(sourceColumns, raw, rowVersion, reference, extra, normalised, target, mapped, keyHash, dataHash);
    }

    /**
     * The same row with its identity.
     *
     * @param bkHash business-key hash, 32 hex digits
     * @param hash data hash, 64 hex digits
     * @param name the reference that a person can read; asked only where it is wanted, which is seldom
     */
    public Row identified(String bkHash, String hash, Function<Row, String> name) {
        return new Row(sourceColumns, raw, rowVersion, name, extra, normalised, columns, values, bkHash, hash);
    }

    /** The layout of {@link #raw()} and {@link #normalisedValues()}. */
    public Columns sourceColumns() {
        return sourceColumns;
    }

    /** Values as they came, in the source's layout; not to be changed. */
    public @Nullable Object[] raw() {
        return raw;
    }

    /** Values after normalising, in the source's layout; null before that stage. */
    public @Nullable Object @Nullable [] normalisedValues() {
        return normalised;
    }

    /** The layout of {@link #values()}: the source's before mapping, the target's after it. */
    public Columns columns() {
        return columns;
    }

    /** Values as the last stage left them, in the layout {@link #columns()}; not to be changed. */
    public @Nullable Object[] values() {
        return values;
    }

    /** The source's version of the row; null where it sends none. */
    public @Nullable String rowVersion() {
        return rowVersion;
    }

    /** A name of the row for people; empty before it is known. */
    public String reference() {
        return reference == null ? "" : reference.apply(this);
    }

    /** JSON object of fields that no column explains; null for none. */
    public @Nullable Utf8 extra() {
        return extra;
    }

    /** Business-key hash, 32 hex digits; null before the identity stage. */
    public @Nullable String keyHash() {
        return keyHash;
    }

    /** Data hash, 64 hex digits; null before the identity stage. */
    public @Nullable String dataHash() {
        return dataHash;
    }
}
