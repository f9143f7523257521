package dev.caravan.source.dataverse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests for rows by their ids, so many at once as one request can name. One thread. */
public final class Pieces {
    private final DataverseRequests requests;
    private final GuidSet ids;
    private final boolean onlyKeys;
    private final int each;
    private int at;
    private int before;

    /** @param onlyKeys whether only their keys are asked for */
    public Pieces(DataverseRequests requests, GuidSet ids, boolean onlyKeys) {
        this.requests = requests;
        this.ids = ids;
        this.onlyKeys = onlyKeys;
        List<List<String>> first = requests.pieces(ids.from(0, DataverseRequests.MOST_CONDITIONS));
        this.each = first.isEmpty() ? 1 : first.get(0).size();
    }

    /** The next request; null where no ids are left. */
    public @Nullable String next(boolean function) {
        if (at >= ids.size()) {
            return null;
        }
        before = at;
        List<String> some = ids.from(at, each);
        at += some.size();
        return onlyKeys ? requests.present(some) : requests.rows(some, function);
    }

    /** The last request again. */
    public @Nullable String again(boolean function) {
        at = before;
        return next(function);
    }
}
