package dev.caravan.target;

import java.util.List;
import java.util.Map;

/** Rows of a target that a full pass did not see. Used by one thread at a time. */
public interface Unseen {
    /** How many live rows were not seen. */
    long count();

    /** How many live rows there are. */
    long liveRows();

    /** The business keys of rows that were not seen, at most so many, by business-key hash. */
    Map<String, List<String>> keys(int most);

    /** Calls all rows deleted that were not seen; answers how many are deleted by that, and not only later. */
    int markAll();

    /** The same for the rows with these business-key hashes. */
    int mark(List<String> keyHashes);
}
