package dev.caravan.route;

/**
 * What a look-up of one row said.
 *
 * @param keyHash the business-key hash that was looked for
 * @param verdict whether it is there
 */
public record LookUpAnswer(String keyHash, Verdict verdict) {
    /** What can be said. */
    public enum Verdict {
        /** It is there. */
        PRESENT,
        /** It is not. */
        GONE,
        /** The source does not filter by key: nothing can be said. */
        UNKNOWN
    }
}
