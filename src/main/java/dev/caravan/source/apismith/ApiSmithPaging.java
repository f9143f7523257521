package dev.caravan.source.apismith;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which page is asked for, and which is next. Stateless. */
public final class ApiSmithPaging {
    private ApiSmithPaging() {}

    /**
     * Path and query of the next request, below the connector's base URL.
     *
     * @param orderBy columns of the business key to order by; empty to leave the order to the source
     */
    public static String path(Listing listing, List<String> orderBy) {
        StringBuilder path = new StringBuilder(data(listing.slug()))
                .append("?page=")
                .append(listing.page())
                .append("&page_size=")
                .append(listing.pageSize());
        if (listing.above() != null) {
            path.append("&rowversion_gt=").append(encode(listing.above()));
        }
        if (!orderBy.isEmpty()) {
            path.append("&order_by=").append(encode(String.join(",", orderBy)));
        }
        return path.toString();
    }

    /** Path and query that ask for one row by its key, values as the source writes them. */
    public static String lookUp(String slug, Map<String, String> key) {
        StringBuilder path = new StringBuilder(data(slug)).append("?page=1&page_size=10");
        key.forEach((name, value) ->
                path.append('&').append(encode(name)).append('=').append(encode(value)));
        return path.toString();
    }

    private static String data(String slug) {
        return "/api/v1/data/" + encode(slug).replace("+", "%20");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Where the run stands after a page. Before a listing of several pages whose row versions matter, its last page is
     * looked at: what is there was there before the listing began, and in a table that grows it is the newest.
     *
     * @param listing what was asked
     * @param page what came
     * @param before the page before it in the same round; null for the first
     * @return what to ask next; the round is over when {@code page} was empty
     * @throws CaravanException ENDLESS_PAGING if the source sends the same page again
     */
    public static Listing after(Listing listing, ApiSmithPage page, @Nullable ApiSmithPage before) {
        if (listing.newest() == Listing.Newest.ASKED) {
            return listing.knowingNewest(page);
        }
        boolean several = page.size() == listing.pageSize() && page.total() > listing.pageSize();
        if (listing.newest() == Listing.Newest.UNKNOWN && listing.page() == 1 && several && page.highest() != null) {
            return listing.askingForNewest(page);
        }
        if (listing.isSeeking() && listing.page() > 1 && !page.holds(listing.place())) {
            return listing.back();
        }
        refuseEndless(listing, page, before);
        boolean first = listing.dataPages() == 0;
        long total = listing.total() < 0 ? page.total() : listing.total();
        return new Listing(
                listing.slug(),
                listing.round(),
                listing.full(),
                listing.above(),
                listing.page() + 1,
                listing.pageSize(),
                listing.sequence() + 1,
                listing.rows() + page.size(),
                total,
                listing.dataPages() + (page.size() > 0 ? 1 : 0),
                listing.shaken() || hasMoved(listing, page, before, total),
                listing.versioned() && page.versioned(),
                later(listing.highest(), page.highest()),
                first ? later(listing.highestAtStart(), unlessKnown(listing, page)) : listing.highestAtStart(),
                page.fingerprint(),
                listing.newest(),
                page.size() == 0 ? listing.place() : page.first(),
                Listing.Onward.NO);
    }

    private static void refuseEndless(Listing listing, ApiSmithPage page, @Nullable ApiSmithPage before) {
        boolean same = page.size() > 0 && page.fingerprint() == listing.fingerprint();
        if (same || before != null && page.repeats(before)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "ENDLESS_PAGING",
                    listing.slug() + ": page " + listing.page() + " is the same as the one before it;"
                            + " the source seems to ignore the page number");
        }
    }

    /** Whether rows came or went before this page while the pages were asked for. */
    private static boolean hasMoved(Listing listing, ApiSmithPage page, @Nullable ApiSmithPage before, long total) {
        boolean moved = listing.resumed() && !listing.isSeeking() && !Objects.equals(page.first(), listing.place());
        boolean shifted = moved || before != null && page.beginsWithOneOf(before);
        boolean shrunk = page.size() == 0 && listing.rows() < total && listing.full() && listing.page() > 1;
        boolean lessThanSaid = page.total() >= 0 && page.total() < total;
        return shifted || shrunk || lessThanSaid;
    }

    /** What the first page shows; nothing where the newest was looked at before, for a row may have changed since. */
    private static @Nullable String unlessKnown(Listing listing, ApiSmithPage page) {
        return listing.newest() == Listing.Newest.KNOWN ? null : page.highest();
    }

    /** The later of two row versions, compared as text; null is earlier than all. */
    public static @Nullable String later(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
