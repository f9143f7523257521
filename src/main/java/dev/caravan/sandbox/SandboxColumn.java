package dev.caravan.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * One column as a published API describes it. Immutable.
 *
 * @param name the column's own name
 * @param outputAlias the name its values carry in the data; null where that is {@code name}
 * @param dataType Oracle's name of the type, as the description says it ({@code VARCHAR2}, {@code NUMBER})
 * @param nullable whether NULL is allowed
 * @param businessKey whether it is part of the business key
 * @param maxLength characters of a text; null where it says nothing
 * @param precision digits in all; null where it says nothing
 * @param scale digits after the point; null where it says nothing
 */
public record SandboxColumn(
        String name,
        @Nullable String outputAlias,
        String dataType,
        boolean nullable,
        boolean businessKey,
        @Nullable Integer maxLength,
        @Nullable Integer precision,
        @Nullable Integer scale) {

    /** A nullable column of any type, without length or precision. */
    public static SandboxColumn of(String name, String dataType) {
        return new SandboxColumn(name, null, dataType, true, false, null, null, null);
    }

    /** A nullable {@code VARCHAR2} of at most {@code maxLength} characters. */
    public static SandboxColumn text(String name, int maxLength) {
        return new SandboxColumn(name, null, "VARCHAR2", true, false, maxLength, null, null);
    }

    /** A nullable {@code NUMBER(precision, scale)}. */
    public static SandboxColumn number(String name, int precision, int scale) {
        return new SandboxColumn(name, null, "NUMBER", true, false, null, precision, scale);
    }

    /** The same as part of the business key, NULL not allowed. */
    public SandboxColumn key() {
        return new SandboxColumn(name, outputAlias, dataType, false, true, maxLength, precision, scale);
    }

    /** The same, NULL not allowed. */
    public SandboxColumn notNull() {
        return new SandboxColumn(name, outputAlias, dataType, false, businessKey, maxLength, precision, scale);
    }

    /** The same, its values carried under another name. */
    public SandboxColumn as(String alias) {
        return new SandboxColumn(name, alias, dataType, nullable, businessKey, maxLength, precision, scale);
    }

    /** The name under which the data carries its values: the alias where there is one. */
    public String outputName() {
        return outputAlias == null ? name : outputAlias;
    }

    boolean isCalled(String other) {
        return name.equalsIgnoreCase(other) || outputName().equalsIgnoreCase(other);
    }

    SandboxColumn inKey(boolean isKey) {
        return new SandboxColumn(name, outputAlias, dataType, nullable && !isKey, isKey, maxLength, precision, scale);
    }
}
