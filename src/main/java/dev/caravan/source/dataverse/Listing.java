package dev.caravan.source.dataverse;

import java.util.Optional;

/**
 * A listing of a table, asked for page by page.
 *
 * @param kind what is listed
 * @param request its first request: a path below the Web API's base, or a link as it was written
 * @param ordered whether an order is asked for
 * @param resumed whether it goes on where an earlier run broke off, so that its first pages are missing
 */
public record Listing(Kind kind, String request, boolean ordered, boolean resumed) {
    /** What is listed. */
    public enum Kind {
        /** All rows. */
        ALL,
        /** What changed since a link was given out. */
        CHANGES,
        /** Rows above a version. */
        ABOVE,
        /** Rows changed since a time. */
        SINCE,
        /** Rows above a version once more, beside a link that was given out late. */
        BACKING,
        /** Only the keys of all rows. */
        KEYS,
        /** Rows by their ids. */
        PIECES,
        /** Only the keys of some rows, by their ids. */
        PRESENT
    }

    /** Whether its rows are only shown to be there. */
    public boolean onlyKeys() {
        return kind == Kind.KEYS || kind == Kind.PRESENT;
    }

    /** Whether all rows that are wanted are seen in it, so that what it does not show is gone. */
    public boolean whole() {
        return (kind == Kind.ALL || onlyKeys()) && !resumed;
    }

    /** Where a run over all rows stands, as text: the page size, and the link to the next page. */
    public static String checkpoint(int pageSize, String link) {
        return "all " + pageSize + " " + link;
    }

    /** The page size of a checkpoint; empty for text of another form. */
    public static Optional<Integer> pageSize(String checkpoint) {
        String[] parts = checkpoint.split(" ", 3);
        boolean ours = parts.length == 3 && parts[0].equals("all") && parts[1].matches("\\d{1,4}");
        return ours ? Optional.of(Integer.parseInt(parts[1])) : Optional.empty();
    }

    /** The link of a checkpoint that has a page size. */
    public static String link(String checkpoint) {
        return checkpoint.split(" ", 3)[2];
    }
}
