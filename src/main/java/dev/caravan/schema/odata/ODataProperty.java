package dev.caravan.schema.odata;

/**
 * A structural property as {@code $metadata} declares it.
 *
 * @param name as written
 * @param type {@code Edm.Guid}, or the name of another type as written, with its alias or namespace
 * @param collection whether it holds many of the type
 * @param nullable whether null may stand in it; OData's default is that it may
 * @param maxLength most characters or bytes; 0 for no bound
 * @param precision most digits of a decimal; 0 for no bound
 * @param scale digits behind the point; -1 where it varies or nothing is said without a precision
 */
public record ODataProperty(
        String name, String type, boolean collection, boolean nullable, int maxLength, int precision, int scale) {

    /** The type as people write it: {@code Collection(Edm.String)}. */
    public String declared() {
        return collection ? "Collection(" + type + ")" : type;
    }
}
