package dev.caravan.target.schedulehub;

import dev.caravan.delta.Delta;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.model.RunCounts;
import dev.caravan.resolve.Held;
import dev.caravan.target.Letters;
import dev.caravan.target.Newest;
import dev.caravan.target.RawKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sending some pages comes down to: decided against what ScheduleHub holds, then settled by its answers. Made anew
 * for each attempt; one thread.
 */
public final class HubWork {
    private final List<Row> rows = new ArrayList<>();
    private final boolean byVersion;
    private final boolean again;
    private final Map<String, Sent> sent;
    private final Map<String, HubState> held = new HashMap<>();
    private final Map<String, Row> here = new HashMap<>();
    private final List<Row> inserts = new ArrayList<>();
    private final List<Row> updates = new ArrayList<>();
    private final List<String> updatedUids = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final List<Row> stored = new ArrayList<>();
    private final List<Row> kept = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private long fetched;
    private long inserted;
    private long updated;
    private long skipped;
    private long failed;
    private long repeated;
    private long pending;
    private Held heldBack = Held.NONE;

    /**
     * Takes pages.
     *
     * @param byVersion whether the source's row versions mean something
     * @param sent what earlier attempts at the same pages sent, by key hash; what this one sends is added
     */
    public HubWork(List<Page> pages, boolean byVersion, Map<String, Sent> sent) {
        this.byVersion = byVersion;
        this.sent = sent;
        boolean later = false;
        for (Page page : pages) {
            later |= page.round() > 0;
            fetched += page.fetched();
            rows.addAll(page.rows());
            refused.addAll(page.seen());
            for (Refusal refusal : page.refused()) {
                failed++;
                letters.add(refusal.letter());
                if (refusal.keyHash() != null) {
                    refused.add(refusal.keyHash());
                }
            }
        }
        this.again = later;
    }

    /**
     * A record that may have been sent.
     *
     * @param verb what was to be done with it
     * @param dataHash of what was sent
     */
    public record Sent(Delta verb, String dataHash) {}

    /** The business-key hashes that ScheduleHub is asked for. */
    public List<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        rows.forEach(row -> keys.add(key(row)));
        return List.copyOf(keys);
    }

    private static String key(Row row) {
        return String.valueOf(row.keyHash());
    }

    /** Takes a look-up's answer. */
    public void holds(List<HubState> states) {
        states.forEach(state -> held.putIfAbsent(state.keyHash(), state));
    }

    /**
     * Decides for each row, once all look-ups are answered.
     *
     * @param seen raw keys of the rows that this run saw before, by key hash
     */
    public void decide(Map<String, Long> seen) {
        Map<String, Row> newest = Newest.of(rows);
        for (Row row : rows) {
            String key = key(row);
            Row twin = here.putIfAbsent(key, row);
            Long before = seen.get(key);
            if (before == null && twin != null) {
                before = RawKey.of(twin);
            }
            if (before != null && before != RawKey.of(row)) {
                refuse(row, Letters.twin(row));
            } else if (twin != null) {
                repeated++;
            } else if (newest.get(key) != row) {
                repeated++;
                here.remove(key);
            } else {
                decide(row, key, before != null || again);
            }
        }
    }

    private void decide(Row row, String key, boolean seenBefore) {
        HubState state = held.get(key);
        Delta.Stored found =
                state == null ? null : new Delta.Stored(state.uid(), state.dataHash(), state.rowVersion(), false);
        switch (Delta.of(row, found, byVersion)) {
            case INSERT -> inserts.add(row);
            case UPDATE -> {
                updates.add(row);
                updatedUids.add(state == null ? "" : state.uid());
            }
            case SKIP -> skip(row, sent.get(key), seenBefore);
        }
    }

    /** A row that an earlier attempt sent counts as what that made of it, though its answer was lost. */
    private void skip(Row row, @Nullable Sent before, boolean seenBefore) {
        if (before != null && before.dataHash().equals(row.dataHash())) {
            count(before.verb());
            stored.add(row);
            return;
        }
        skipped += seenBefore ? 0 : 1;
        repeated += seenBefore ? 1 : 0;
        kept.add(row);
    }

    private void count(Delta verb) {
        inserted += verb == Delta.INSERT ? 1 : 0;
        updated += verb == Delta.UPDATE ? 1 : 0;
    }

    private void refuse(Row row, DeadLetter letter) {
        failed++;
        letters.add(letter);
        refused.add(key(row));
    }

    /** Rows that are to be sent, once it is decided. */
    public List<Row> toSend() {
        List<Row> all = new ArrayList<>(inserts);
        all.addAll(updates);
        return all;
    }

    /** Sends none of these rows: they wait for their parents, or are dead letters. */
    public void holdBack(Held back) {
        Set<Row> gone = back.rows();
        inserts.removeIf(gone::contains);
        for (int i = updates.size() - 1; i >= 0; i--) {
            if (gone.contains(updates.get(i))) {
                updates.remove(i);
                updatedUids.remove(i);
            }
        }
        back.orphans().forEach(orphan -> refuse(orphan.row(), orphan.letter()));
        pending += back.waiting().size();
        refused.addAll(back.waitingKeys());
        heldBack = back;
    }

    /** The rows that are held back. */
    public Held heldBack() {
        return heldBack;
    }

    /** What is to be sent, at most so many records a call. */
    public List<HubBatch> batches(int size) {
        List<HubBatch> batches = new ArrayList<>();
        for (int from = 0; from < inserts.size(); from += size) {
            List<Row> some = inserts.subList(from, Math.min(inserts.size(), from + size));
            batches.add(new HubBatch(Delta.INSERT, List.copyOf(some), List.of()));
        }
        for (int from = 0; from < updates.size(); from += size) {
            int to = Math.min(updates.size(), from + size);
            batches.add(new HubBatch(
                    Delta.UPDATE, List.copyOf(updates.subList(from, to)), List.copyOf(updatedUids.subList(from, to))));
        }
        return batches;
    }

    /** Notes that a batch is about to be sent: from now on it may be stored, whatever comes of the call. */
    public void sending(HubBatch batch) {
        batch.rows().forEach(row -> sent.put(key(row), new Sent(batch.verb(), String.valueOf(row.dataHash()))));
    }

    /** Takes the answer to a batch: a record that was refused is a dead letter, the others are stored. */
    public void took(HubBatch batch, List<HubResult> results) {
        for (HubResult result : results) {
            Row row = batch.rows().get(result.index());
            if (result.error() == null) {
                count(batch.verb());
                stored.add(row);
            } else {
                sent.remove(key(row));
                refuse(
                        row,
                        Letters.of(
                                row, "INGEST", "TARGET_REFUSED", "ScheduleHub refused the record: " + result.error()));
            }
        }
    }

    /** What became of the records. */
    public RunCounts counts() {
        return new RunCounts(fetched, inserted, updated, 0, skipped, failed, pending, repeated);
    }

    /** Records that were refused, here or in a stage before. */
    public List<DeadLetter> letters() {
        return letters;
    }

    /** Rows that were written, so that older dead letters of theirs go. */
    public List<Row> stored() {
        return stored;
    }

    /** Rows that were held already as they came. */
    public List<Row> kept() {
        return kept;
    }

    /** Key hashes of records that came though nothing of them was stored: they are not gone. */
    public Set<String> refused() {
        return refused;
    }
}
