package dev.caravan.source;

/** The body of an answer, in an array that may be larger. Immutable as long as nobody else writes to the array. */
public final class Body {
    private final byte[] bytes;
    private final int length;

    /**
     * The first bytes of an array, which is not copied.
     *
     * @param length how many
     */
    public Body(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Those of the body first. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many of them the body has. */
    public int length() {
        return length;
    }
}
