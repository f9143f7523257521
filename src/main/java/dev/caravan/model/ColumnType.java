package dev.caravan.model;

import java.util.Locale;

/**
 * The type of a column, the same for every source and every database.
 *
 * @param kind what family of values it holds
 * @param length most characters of a text or bytes of a binary; 0 where there is no bound
 * @param precision most significant digits of a decimal; 0 where there is no bound
 * @param scale digits behind the point of a decimal; meaningful only with a precision
 */
public record ColumnType(Kind kind, int length, int precision, int scale) {

    /** Families of values, and the Java type in which a normalised row carries them. */
    public enum Kind {
        /** {@link String}. */
        TEXT,
        /** {@link Long}: a whole number that fits 64 bits. */
        INTEGER,
        /** {@link java.math.BigDecimal}, exact. */
        DECIMAL,
        /** {@link Double}, finite. */
        DOUBLE,
        /** {@link java.time.LocalDate}. */
        DATE,
        /** {@link java.time.Instant}. */
        TIMESTAMP,
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@code byte[]}. */
        BINARY,
        /** {@link String} holding one JSON value. */
        JSON,
        /** {@link String} of 36 characters in lower case. */
        UUID
    }

    public ColumnType {
        if (length < 0 || precision < 0) {
            throw new IllegalArgumentException("length and precision are 0 or more: " + length + ", " + precision);
        }
    }

    /** A type of this kind without bounds. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, 0, 0);
    }

    /** A text of at most {@code length} characters; 0 for no bound. */
    public static ColumnType text(int length) {
        return new ColumnType(Kind.TEXT, length, 0, 0);
    }

    /** A decimal of at most {@code precision} digits, {@code scale} of them behind the point. */
    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, 0, precision, scale);
    }

    /** As people write it: {@code text(25)}, {@code decimal(10,2)}, {@code timestamp}. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        if (length > 0) {
            return name + "(" + length + ")";
        }
        if (precision > 0) {
            return name + "(" + precision + "," + scale + ")";
        }
        return name;
    }
}
