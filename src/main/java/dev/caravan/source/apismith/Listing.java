package dev.caravan.source.apismith;

import org.jspecify.annotations.Nullable;

/**
 * Where a run stands in its listings: the cursor from which the next request is made.
 *
 * <p>A run lists an entity once, and again where the listing moved under it; each pass is a round. Immutable.
 *
 * @param slug the API
 * @param round which pass of the run, from 0
 * @param full whether all rows are listed; else only those above {@code above}
 * @param above row version that is sent as {@code rowversion_gt}; null for all rows
 * @param page number of the page to ask for next, from 1
 * @param pageSize rows a page
 * @param sequence pages of the run that were read before, over all rounds
 * @param rows records of this round so far
 * @param total how many the source said there are when the round began; -1 if it did not say
 * @param dataPages pages of this round that held a record
 * @param shaken whether rows moved between pages while they were read
 * @param versioned whether every record so far brought a row version
 * @param highest highest row version of the round so far; null for none
 * @param highestAtStart highest row version of the round's first page; null for none
 * @param fingerprint of the last page; 0 before the first
 * @param newest what is known of the row versions that were there before the round began
 * @param place which record the last page that held one began with, as a hash of its key; null before the first page
 * @param onward whether the round goes on where another run stood, whose last page is asked for first, once more
 */
public record Listing(
        String slug,
        int round,
        boolean full,
        @Nullable String above,
        int page,
        int pageSize,
        int sequence,
        long rows,
        long total,
        int dataPages,
        boolean shaken,
        boolean versioned,
        @Nullable String highest,
        @Nullable String highestAtStart,
        long fingerprint,
        Newest newest,
        @Nullable Integer place,
        Onward onward) {
    /** After so many pages without the place, everything is listed from the first page on. */
    private static final int MOST_BACK = 20;

    /** How a round goes on where another run stood. */
    public enum Onward {
        /** It begins at its first page. */
        NO,
        /** Only if the page begins with the same record as before. */
        AT_PLACE,
        /** From the page that holds that record, which is looked for on the pages before where rows went meanwhile. */
        SEEKING
    }

    /** Whether the newest row versions are looked at before a listing of several pages. */
    public enum Newest {
        /** Row versions do not matter. */
        UNWANTED,
        /** Nobody has looked yet. */
        UNKNOWN,
        /** The last page is asked for, only to look at its row versions. */
        ASKED,
        /** They are in {@link Listing#highestAtStart()}. */
        KNOWN
    }

    /**
     * The first listing of a run.
     *
     * @param versions whether row versions matter
     */
    public static Listing first(
            String slug, boolean full, @Nullable String above, int page, int pageSize, boolean versions) {
        Newest newest = versions ? Newest.UNKNOWN : Newest.UNWANTED;
        return new Listing(
                slug, 0, full, above, page, pageSize, 0, 0, -1, 0, page > 1, true, null, null, 0, newest, null,
                Onward.NO);
    }

    /**
     * The same round from its first page on, as if none had been asked for.
     *
     * @param amid whether an answer was taken for it that counts as a page
     */
    public Listing anew(boolean amid) {
        return new Listing(
                slug,
                round,
                full,
                above,
                1,
                pageSize,
                amid ? sequence + 1 : sequence,
                0,
                -1,
                0,
                false,
                true,
                null,
                null,
                0,
                newest,
                null,
                Onward.NO);
    }

    /** Another pass of the same run. */
    public Listing again(boolean all, @Nullable String from) {
        return new Listing(
                slug,
                round + 1,
                all,
                from,
                1,
                pageSize,
                sequence,
                0,
                -1,
                0,
                false,
                versioned,
                null,
                null,
                0,
                newest == Newest.UNWANTED ? newest : Newest.UNKNOWN,
                null,
                Onward.NO);
    }

    /**
     * The listing of a run that goes on where another one stood. Its last page is looked at once more: if it begins with
     * the same record, no row has moved from the pages to come to those that were read.
     *
     * @param versions whether row versions matter
     * @param seeks whether the place is looked for on the pages before, if rows have moved; how many there are is then asked anew
     */
    public static Listing onward(String slug, Checkpoint stood, boolean versions, boolean seeks) {
        int page = stood.page() - 1;
        return new Listing(
                slug,
                0,
                stood.full(),
                stood.above(),
                page,
                stood.pageSize(),
                0,
                (long) (page - 1) * stood.pageSize(),
                seeks ? -1 : stood.total(),
                page - 1,
                false,
                stood.versioned(),
                stood.highest(),
                stood.highestAtStart(),
                0,
                versions ? Newest.KNOWN : Newest.UNWANTED,
                stood.place(),
                seeks ? Onward.SEEKING : Onward.AT_PLACE);
    }

    /** Whether it goes on where another run stood and its first page is still to come. */
    public boolean resumed() {
        return onward != Onward.NO;
    }

    /** Whether the place where another run stood is being looked for. */
    public boolean isSeeking() {
        return onward == Onward.SEEKING;
    }

    /** The page before is asked for next: the place was not on this one; after many, the first page. */
    Listing back() {
        boolean given = sequence >= MOST_BACK;
        int next = given ? 1 : page - 1;
        return new Listing(
                slug,
                round,
                full,
                above,
                next,
                pageSize,
                sequence + 1,
                (long) (next - 1) * pageSize,
                -1,
                dataPages,
                shaken,
                versioned,
                highest,
                highestAtStart,
                0,
                newest,
                given ? null : place,
                Onward.SEEKING);
    }

    /** The last page is asked for next, before the round begins again at its first page. */
    Listing askingForNewest(ApiSmithPage first) {
        return ahead((int) ((first.total() - 1) / pageSize) + 1, first.highest(), Newest.ASKED);
    }

    /** The round begins at its first page, with what the last one showed. */
    Listing knowingNewest(ApiSmithPage last) {
        return ahead(1, ApiSmithPaging.later(highestAtStart, last.highest()), Newest.KNOWN);
    }

    private Listing ahead(int next, @Nullable String start, Newest known) {
        return new Listing(
                slug,
                round,
                full,
                above,
                next,
                pageSize,
                sequence + 1,
                0,
                -1,
                0,
                shaken,
                true,
                null,
                start,
                0,
                known,
                null,
                Onward.NO);
    }

    /** Whether the last answer was only looked at: the round has no page yet. */
    public boolean looksAhead() {
        return newest == Newest.ASKED || newest == Newest.KNOWN && page == 1;
    }

    /** The same place asked for with half the rows a page; unchanged where the page cannot be halved. */
    public Listing halved() {
        if (pageSize % 2 != 0) {
            return this;
        }
        return new Listing(
                slug,
                round,
                full,
                above,
                (page - 1) * 2 + 1,
                pageSize / 2,
                sequence,
                rows,
                total,
                dataPages,
                shaken,
                versioned,
                highest,
                highestAtStart,
                fingerprint,
                newest,
                place,
                onward);
    }
}
