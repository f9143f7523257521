package dev.caravan.route;

import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import dev.caravan.source.dataverse.Listing;
import dev.caravan.source.dataverse.Listing.Kind;
import dev.caravan.source.dataverse.PageSize;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How many rows a page of a listing has. The service wants the same number for all its pages, so that another number
 * means the listing from its beginning. Used by the thread that fetches.
 */
final class DataverseSizes {
    private static final Set<Kind> CHANGES = EnumSet.of(Kind.CHANGES, Kind.ABOVE, Kind.SINCE, Kind.BACKING);
    /** Bytes of an answer that tells of changes, as a rule. */
    private static final long FEW = 256 << 10;

    private final PageSize rows;
    private final PageSize keys;
    private final long room;
    private volatile int now;

    DataverseSizes(DataverseStart start) {
        this.rows = new PageSize(start.columns(), start.pageSize(), start.room());
        this.keys = new PageSize(keys(start.columns()), start.pageSize(), start.room());
        this.room = start.room();
        this.now = start.first() == 0 ? of(start.listing()).rows() : start.first();
    }

    private static Columns keys(Columns columns) {
        List<Column> keys =
                Arrays.stream(columns.keyIndexes()).mapToObj(columns::get).toList();
        return new Columns(keys, columns.keyNames());
    }

    private PageSize of(Listing listing) {
        return listing.onlyKeys() ? keys : rows;
    }

    /** Rows a page of the listing that is read. */
    int now() {
        return now;
    }

    /** Another listing begins. */
    void begin(Listing listing) {
        now = of(listing).rows();
    }

    /** How many bytes the next answer will have, about. Changes are few, as a rule. */
    long expected(Listing listing, int page) {
        boolean few = page == 1 && CHANGES.contains(listing.kind());
        return Math.min(few ? FEW : of(listing).bytes(now), room);
    }

    /** Learns from an answer. */
    void seen(Listing listing, int rows, long bytes) {
        of(listing).seen(rows, bytes);
    }

    /** Whether the listing is worth beginning anew after its first page: half as many answers are enough, or fewer. */
    boolean isMuchTooSmall(Listing listing, int page) {
        return page == 1 && listing.kind() == Kind.ALL && !listing.resumed() && rows.rows() / 2 >= now;
    }

    /** Learns that an answer was larger than can be read; whether fewer rows can be asked for. */
    boolean tooLarge(Listing listing) {
        boolean several = of(listing).tooLarge(now);
        now = of(listing).rows();
        return several;
    }
}
