package dev.caravan.model;

import java.util.Objects;

/**
 * One column of an entity.
 *
 * @param name its name in this layout: the source's field, or the target's column
 * @param declaredType the type as the source writes it ({@code "VARCHAR2"}); empty where the source says none
 * @param type what it means
 * @param nullable whether a row may lack it
 * @param key whether it belongs to the business key
 */
public record Column(String name, String declaredType, ColumnType type, boolean nullable, boolean key) {
    public Column {
        Objects.requireNonNull(name);
        Objects.requireNonNull(declaredType);
        Objects.requireNonNull(type);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A column needs a name");
        }
    }

    /** The same column under another name. */
    public Column renamed(String other) {
        return new Column(other, declaredType, type, nullable, key);
    }

    /** The same column with another type. */
    public Column typed(ColumnType other) {
        return new Column(name, declaredType, other, nullable, key);
    }
}
