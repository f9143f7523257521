package dev.caravan.source.dataverse;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;

/** Stops a listing that comes to no end. Made anew for each listing; one thread. */
public final class PagingGuard {
    private static final int MOST_EMPTY = 20;

    private final String what;
    private String remembered = "";
    private long steps;
    private long rememberAt = 1;
    private long content;
    private int empty;

    /** @param what what is listed, for people */
    public PagingGuard(String what) {
        this.what = what;
    }

    /**
     * Looks at an answer before it is taken.
     *
     * @param asked the request that it answers
     * @throws CaravanException LISTING_ENDLESS where it leads back, or nowhere
     */
    public void check(String asked, DataversePage page) {
        String next = page.nextLink();
        if (next == null) {
            return;
        }
        if (next.equals(asked) || next.equals(remembered)) {
            throw endless("its pages lead back to one that was there before");
        }
        if (page.size() > 0 && page.content() == content) {
            throw endless("the same page comes again and again");
        }
        empty = page.size() == 0 ? empty + 1 : 0;
        if (empty > MOST_EMPTY) {
            throw endless(MOST_EMPTY + " pages without a row follow one another");
        }
        content = page.content();
        if (++steps == rememberAt) {
            remembered = next;
            rememberAt *= 2;
        }
    }

    private CaravanException endless(String why) {
        return new CaravanException(
                FaultKind.BAD_DATA, "LISTING_ENDLESS", what + ": " + why + "; what came is stored, the cursor stays");
    }
}
