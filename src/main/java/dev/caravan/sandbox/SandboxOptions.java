package dev.caravan.sandbox;

import java.time.Duration;

/**
 * What an APISmith does and says beyond the necessary. Immutable.
 *
 * @param total whether a page says how many rows there are in all
 * @param pageEcho whether a page says its number
 * @param hasMore whether a page says that another follows
 * @param gzip whether answers are compressed for those who accept it
 * @param orderBy whether {@code order_by} sorts; else it is ignored
 * @param keyLookup whether a parameter named like a column filters; else it is ignored
 * @param maximumPageSize a larger {@code page_size} is refused with 422
 * @param tokenLifetime how long a token is good for, and what {@code expires_in} says
 */
public record SandboxOptions(
        boolean total,
        boolean pageEcho,
        boolean hasMore,
        boolean gzip,
        boolean orderBy,
        boolean keyLookup,
        int maximumPageSize,
        Duration tokenLifetime) {

    /** Everything on, pages of at most 1000 rows, tokens for an hour. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(true, true, true, true, true, true, 1000, Duration.ofHours(1));
    }

    /** The same with or without the three hints of a page: total, number and more to come. */
    public SandboxOptions withHints(boolean on) {
        return new SandboxOptions(on, on, on, gzip, orderBy, keyLookup, maximumPageSize, tokenLifetime);
    }

    /** The same with or without {@code total}. */
    public SandboxOptions withTotal(boolean on) {
        return new SandboxOptions(on, pageEcho, hasMore, gzip, orderBy, keyLookup, maximumPageSize, tokenLifetime);
    }

    /** The same with or without {@code page}. */
    public SandboxOptions withPageEcho(boolean on) {
        return new SandboxOptions(total, on, hasMore, gzip, orderBy, keyLookup, maximumPageSize, tokenLifetime);
    }

    /** The same with or without {@code has_more}. */
    public SandboxOptions withHasMore(boolean on) {
        return new SandboxOptions(total, pageEcho, on, gzip, orderBy, keyLookup, maximumPageSize, tokenLifetime);
    }

    /** The same with or without compression. */
    public SandboxOptions withGzip(boolean on) {
        return new SandboxOptions(total, pageEcho, hasMore, on, orderBy, keyLookup, maximumPageSize, tokenLifetime);
    }

    /** The same with or without sorting. */
    public SandboxOptions withOrderBy(boolean on) {
        return new SandboxOptions(total, pageEcho, hasMore, gzip, on, keyLookup, maximumPageSize, tokenLifetime);
    }

    /** The same with or without look-ups by key. */
    public SandboxOptions withKeyLookup(boolean on) {
        return new SandboxOptions(total, pageEcho, hasMore, gzip, orderBy, on, maximumPageSize, tokenLifetime);
    }

    /** The same with another largest page. */
    public SandboxOptions withMaximumPageSize(int rows) {
        return new SandboxOptions(total, pageEcho, hasMore, gzip, orderBy, keyLookup, rows, tokenLifetime);
    }

    /** The same with another lifetime of the tokens given out from now on. */
    public SandboxOptions withTokenLifetime(Duration lifetime) {
        return new SandboxOptions(total, pageEcho, hasMore, gzip, orderBy, keyLookup, maximumPageSize, lifetime);
    }
}
