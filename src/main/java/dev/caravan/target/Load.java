package dev.caravan.target;

import org.jspecify.annotations.Nullable;

/** The rows of one run on their way into one place. Used by one thread at a time. */
public interface Load {
    /** Whether a key came twice in a way that only one more pass can settle. */
    boolean sawRepeated();

    /** The highest stored row version below another, compared as text; null if there is none. */
    @Nullable
    String versionBelow(String version);

    /** The rows that the pass did not see. */
    Unseen unseen();

    /** How many rows are there and not deleted. */
    long liveRows();

    /** Keeps what the pass has seen for a later run that goes on with it; inside the transaction that closes this one. */
    void keepSeen();

    /** Forgets what only the run needed. */
    void forget();
}
