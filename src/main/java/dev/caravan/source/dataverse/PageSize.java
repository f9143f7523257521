package dev.caravan.source.dataverse;

import dev.caravan.model.Column;
import dev.caravan.model.Columns;

/**
 * How many rows a page is to have, so that its answer keeps to a number of bytes: first by the layout of the rows, for
 * every property comes with its name whether it has a value or not, then by the rows that came. The service wants the same
 * size for all pages of a listing. Used by one thread at a time.
 */
public final class PageSize {
    private static final int SMALLEST = 1;
    /** Fewer rows than this say little of the others. */
    private static final int TELLING = 20;
    /** A row's braces, its tag, and what parts it from the next. */
    private static final int FRAME = 40;

    private static final int LONG_TEXT = 100;
    private static final int SHORT_TEXT = 20;

    private final int most;
    private final long room;
    private volatile long each;

    /**
     * @param columns the layout of the rows
     * @param most rows, 1 or more
     * @param room bytes that an answer is to have at most, about
     */
    public PageSize(Columns columns, int most, long room) {
        this.most = most;
        this.room = room;
        this.each = FRAME + columns.list().stream().mapToLong(PageSize::bytes).sum();
    }

    /** Quotes, colon and comma beside the name, and a usual value of its type; many are null. */
    private static long bytes(Column column) {
        boolean target = column.declaredType().equals("lookuplogicalname");
        return column.name().length() + 4L + (target ? SHORT_TEXT : value(column));
    }

    private static int value(Column column) {
        int length = column.type().length();
        return switch (column.type().kind()) {
            case UUID -> 30;
            case TIMESTAMP -> 16;
            case DECIMAL, DOUBLE, DATE -> 10;
            case INTEGER, BOOLEAN -> 5;
            case BINARY, JSON -> LONG_TEXT;
            case TEXT -> length == 0 || length > 1000 ? LONG_TEXT : Math.min(SHORT_TEXT, 2 + length / 2);
        };
    }

    /** Rows a page. */
    public int rows() {
        return (int) Math.max(SMALLEST, Math.min(most, room / each));
    }

    /** What an answer with so many rows has, about. */
    public long bytes(int rows) {
        return rows * each;
    }

    /** Learns from an answer. */
    public void seen(int rows, long bytes) {
        if (rows >= TELLING) {
            each = Math.max(1, bytes / rows);
        }
    }

    /**
     * Learns that an answer was larger than can be read.
     *
     * @param rows that were asked for
     * @return whether fewer can be asked for
     */
    public boolean tooLarge(int rows) {
        each = Math.max(each, room / Math.max(SMALLEST, rows / 4));
        return rows > SMALLEST;
    }
}
