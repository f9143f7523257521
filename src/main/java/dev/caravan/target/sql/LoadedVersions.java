package dev.caravan.target.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Versions of the rows of one run, as they are written. Used by one thread at a time, inside its transaction. */
final class LoadedVersions {
    private final Function<TargetTable, RowVersions> making;
    private RowVersions versions;
    private Instant now = Instant.EPOCH;
    private @Nullable String first;
    private @Nullable String last;

    /** @param making makes what the versions of a table's rows need, as the table is now */
    LoadedVersions(Function<TargetTable, RowVersions> making, TargetTable table) {
        this.making = making;
        this.versions = making.apply(table);
    }

    RowVersions versions() {
        return versions;
    }

    /** The table has got another column. */
    void follow(TargetTable table) {
        versions = making.apply(table);
    }

    /** A transaction that made another column was rolled back. */
    void back(RowVersions before) {
        versions = before;
    }

    /**
     * Rows are about to be decided on.
     *
     * @param time as it will stand in them
     * @param ids new identities
     * @return the same identities, of which the least and the greatest are kept
     */
    Supplier<String> begin(Instant time, Supplier<String> ids) {
        now = time;
        first = null;
        last = null;
        return () -> noted(ids.get());
    }

    private String noted(String id) {
        first = first == null || id.compareTo(first) < 0 ? id : first;
        last = last == null || id.compareTo(last) > 0 ? id : last;
        return id;
    }

    /**
     * Rows are written.
     *
     * @param arrivals what they were compared in; null where all of them are new
     */
    void write(Changes changes, @Nullable Arrivals arrivals) {
        if (!changes.stored().isEmpty()) {
            if (arrivals != null) {
                versions.written(arrivals.stored(), now);
            } else if (first != null && last != null) {
                versions.loaded(first, last, now);
            }
        }
        if (changes.counts().deleted() > 0) {
            Set<String> gone = new LinkedHashSet<>();
            changes.pages().forEach(page -> gone.addAll(page.gone()));
            versions.gone(new ArrayList<>(gone), now);
        }
    }
}
