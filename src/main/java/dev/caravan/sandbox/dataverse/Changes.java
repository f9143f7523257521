package dev.caravan.sandbox.dataverse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a table between a delta link and now: changed rows by version, then deletions, in pages. Under the
 * lock of the world.
 */
final class Changes {
    private static final String UP_TO = "upto";
    private static final String DELETIONS = "deletions";

    private final TableStore table;
    private final DeltaToken since;
    private final @Nullable PagingCookie cookie;
    private final long upTo;

    /** A changed row, or the key of a deleted one. */
    record Change(long version, @Nullable RowView row, String key) {}

    Changes(TableStore table, DeltaToken since, @Nullable PagingCookie cookie, long settledVersion) {
        this.table = table;
        this.since = since;
        this.cookie = cookie;
        this.upTo = cookie == null ? settledVersion : number(cookie.last(UP_TO));
    }

    /** The version up to which all pages together tell of. */
    long upTo() {
        return upTo;
    }

    /** At most so many changes after those that the cookie says were read. */
    List<Change> read(int limit) {
        List<Change> changes = new ArrayList<>();
        boolean deletions = cookie != null && cookie.last(DELETIONS).equals("1");
        long after = cookie == null ? since.version() : number(cookie.last(StoredColumn.VERSION));
        if (!deletions) {
            Iterator<RowView> rows = table.byVersion(after);
            while (rows.hasNext() && changes.size() < limit) {
                RowView row = rows.next();
                if (row.version() <= upTo) {
                    changes.add(new Change(row.version(), row, row.key()));
                }
            }
            after = since.version();
        }
        for (Map.Entry<Long, String> deletion : table.deletionsAfter(after).entrySet()) {
            if (changes.size() < limit && deletion.getKey() <= upTo) {
                changes.add(new Change(deletion.getKey(), null, deletion.getValue()));
            }
        }
        return changes;
    }

    /** The cookie for the page after these changes. */
    PagingCookie next(List<Change> changes) {
        Change last = changes.get(changes.size() - 1);
        int page = cookie == null ? 2 : cookie.page() + 1;
        return new PagingCookie(
                page,
                List.of(
                        mark(StoredColumn.VERSION, Long.toString(last.version())),
                        mark(DELETIONS, last.row() == null ? "1" : "0"),
                        mark(UP_TO, Long.toString(upTo))),
                true,
                table.state().opaqueCookies());
    }

    /** Refuses a token that is too old, or from before the table's columns were changed. */
    static void check(DeltaToken token, TableStore table, Instant oldest, long forgotten, int status) {
        boolean expired =
                token.time().isBefore(oldest) || token.version() < forgotten || token.version() < table.schemaSince();
        if (expired) {
            throw new Refusal(
                    status,
                    "0x80044352",
                    "Version stamp associated with the client has expired. Please perform a full sync.");
        }
    }

    private static PagingCookie.Mark mark(String name, String value) {
        return new PagingCookie.Mark(name, value, value);
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw PagingCookie.malformed();
        }
        return Long.parseLong(text);
    }
}
