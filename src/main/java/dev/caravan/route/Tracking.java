package dev.caravan.route;

import dev.caravan.model.DeadLetter;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.model.RunCounts;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is remembered of stored pages, whatever the target; to be called inside their transaction. Stateless. */
final class Tracking {
    private Tracking() {}

    /** Claims pages; fails where the run is no longer ours. */
    static void claim(RunPlan plan, List<Page> pages) {
        plan.database().takeTurns(plan.kin().family());
        int from = pages.get(0).number() - 1;
        int to = pages.get(pages.size() - 1).number();
        if (!plan.stores().runs().claimPages(plan.run(), from, to)) {
            throw Desk.lost();
        }
    }

    /** Records that came and were neither written nor refused: they are stored as they came, or wait. */
    private static Collection<String> kept(List<Page> pages, List<Row> stored, List<DeadLetter> letters) {
        Set<String> kept = new HashSet<>();
        pages.forEach(page -> page.rows().forEach(row -> kept.add(row.reference())));
        stored.forEach(row -> kept.remove(row.reference()));
        letters.forEach(letter -> kept.remove(letter.reference()));
        return kept;
    }

    /** Counts, dead letters and checkpoint. */
    static void track(RunPlan plan, List<Page> pages, RunCounts counts, List<DeadLetter> letters, List<Row> stored) {
        Stores stores = plan.stores();
        String entity = plan.entity().uid();
        stores.runs()
                .add(plan.run(), counts, pages.stream().mapToLong(Page::bytes).sum());
        if (!counts.unchanged() || counts.repeated() > 0) {
            KnownListings.forget(stores, entity);
        }
        if (plan.feed() instanceof ReplayFeed replay) {
            stores.deadLetters().settle(plan.run(), replay.take(pages), letters);
            return;
        }
        Verification verification = plan.verification();
        if (verification != null && !verification.repairs()) {
            return;
        }
        if (stores.deadLetters().any(entity)) {
            stores.deadLetters()
                    .resolve(entity, stored.stream().map(Row::reference).toList());
            stores.deadLetters().resolveKept(entity, kept(pages, stored, letters));
        }
        stores.deadLetters().add(plan.run(), entity, letters);
        if (plan.movesCursors() && !plan.isLimited()) {
            stores.cursors().setCheckpoint(entity, pages.get(pages.size() - 1).checkpoint());
        }
    }
}
