package dev.caravan.source.apismith;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows of the answers of a listing of all rows from an earlier one, and what it learns of them. Answers are
 * passed over as long as each is the same as then; at the first that is not, the listing begins anew and all are read.
 * Used by one thread at a time.
 */
public final class AnswerMemory {
    private final boolean wanted;
    private final String layout;
    private @Nullable KnownListing known;
    private final List<KnownListing.Answer> answers = new ArrayList<>();
    private String digest = "";
    private int pageSize;
    private long passedOver;
    private boolean lost;

    private AnswerMemory(boolean wanted, String layout, @Nullable KnownListing known) {
        this.wanted = wanted;
        this.layout = layout;
        this.known = known;
    }

    /** Knows nothing and learns nothing: every answer is read. */
    public static AnswerMemory none() {
        return new AnswerMemory(false, "", null);
    }

    /**
     * The memory of a run that lists all rows.
     *
     * @param layout tells how rows are made of the answers
     * @param known a listing whose rows are just those that are stored; empty where none is known
     */
    public static AnswerMemory of(String layout, Optional<KnownListing> known) {
        return new AnswerMemory(
                true, layout, known.filter(old -> old.layout().equals(layout)).orElse(null));
    }

    /** The page of an answer that is known; null where it has to be read, or the listing begins anew. */
    public @Nullable ApiSmithPage recognise(Listing asked, byte[] body) {
        if (!isWanted(asked)) {
            return null;
        }
        digest = KnownListing.digest(body);
        KnownListing old = known;
        if (old == null) {
            return null;
        }
        int records = old.pageSize() == asked.pageSize() ? old.recordsOf(asked.page(), digest) : -1;
        if (records < 0) {
            known = null;
            lost = asked.page() > 1;
            return null;
        }
        passedOver += records;
        return ApiSmithPage.known(records, Long.parseUnsignedLong(digest, 16, 32, 16));
    }

    private boolean isWanted(Listing asked) {
        return wanted && asked.full() && asked.round() == 0;
    }

    /** Whether an answer was another one than the one that is known, after some that were passed over. */
    public boolean isLost() {
        return lost;
    }

    /** Whether every answer so far was known. */
    public boolean isAllKnown() {
        return known != null && passedOver > 0;
    }

    /** How many records were passed over. */
    public long passedOver() {
        return passedOver;
    }

    /**
     * Begins anew with every answer to be read.
     *
     * @return how many records were passed over until now
     */
    public long beginAnew() {
        long passed = passedOver;
        known = null;
        lost = false;
        passedOver = 0;
        return passed;
    }

    /** Takes note of an answer that was taken. */
    public void learn(Listing asked, Listing after, ApiSmithPage page) {
        if (!isWanted(asked) || after.looksAhead() || after.page() != asked.page() + 1) {
            return;
        }
        if (asked.page() == 1) {
            answers.clear();
            pageSize = asked.pageSize();
        }
        if (asked.page() == answers.size() + 1 && asked.pageSize() == pageSize) {
            answers.add(new KnownListing.Answer(digest, page.size()));
        }
    }

    /** The listing that a run has read from its first answer to its last; empty where it was known before, or not read so. */
    public Optional<KnownListing> learnt(Listing done) {
        boolean whole = !answers.isEmpty() && answers.size() == done.page() - 1 && done.round() == 0 && !done.shaken();
        return whole && known == null ? Optional.of(new KnownListing(layout, pageSize, answers)) : Optional.empty();
    }
}
