package dev.caravan.route;

import dev.caravan.config.Settings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunCounts;
import dev.caravan.target.Unseen;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Rows that seem to be gone from the source: asked for once more, held back if they are too many, marked. Stateless. */
final class Vanished {
    private final Settings settings;

    Vanished(Settings settings) {
        this.settings = settings;
    }

    /** Fails where the run is no longer ours. */
    void requireOurs(RunPlan plan) {
        if (!plan.stores().runs().heartbeat(plan.run())) {
            throw Desk.lost();
        }
    }

    /** The rows that seem to be gone, as look-ups; empty where another listing decides or nothing is to be marked. */
    List<SourceRequest> gone(RunPlan plan) {
        Verification verification = plan.verification();
        if (verification != null) {
            verification.listed(plan);
            if (!verification.marks(plan)) {
                return verification.gone(plan);
            }
        }
        if (plan.feed().isAsStored(plan)) {
            settled(plan);
            return List.of();
        }
        if (!plan.feed().showsGone(plan)) {
            return List.of();
        }
        Unseen unseen = PassedOver.of(plan);
        long count = unseen.count();
        if (count == 0) {
            plan.confirm();
            settled(plan);
            return List.of();
        }
        if (verification != null) {
            verification.name(plan, unseen.keys(Verification.MOST_SAMPLES));
        }
        if (isHeld(plan, count, unseen.liveRows())) {
            return List.of();
        }
        if (plan.confirmDeletes()) {
            plan.confirm();
            mark(plan, Unseen::markAll);
            return List.of();
        }
        if (count > plan.feed().mostLookUps()
                || plan.entity().columns().keyNames().isEmpty()) {
            plan.confirmDeletes(true);
            return List.of();
        }
        return plan.feed().lookUps(plan, unseen.keys(plan.feed().mostLookUps()));
    }

    /** Nothing is gone: a word that was given for a deletion does not hold for a later one. */
    private static void settled(RunPlan plan) {
        Stores stores = plan.stores();
        stores.entities().approveDeletes(plan.entity().uid(), false);
        stores.entities().holdDeletes(plan.entity().uid(), null);
        stores.alerts().clear("mass-deletion", plan.entity().name());
    }

    private boolean isHeld(RunPlan plan, long count, long live) {
        Stores stores = plan.stores();
        EntityRecord entity = stores.entities().get(plan.entity().uid());
        boolean nothingCame = plan.feed().isSuspicious() && count == live;
        boolean tooMany = nothingCame
                || count > settings.maxDeleteRows() && count * 100 > (long) settings.maxDeletePercent() * live;
        if (!tooMany || entity.deletesApproved()) {
            stores.entities().holdDeletes(entity.uid(), null);
            stores.alerts().clear("mass-deletion", entity.name());
            return false;
        }
        plan.hold(count);
        stores.entities().holdDeletes(entity.uid(), count);
        stores.alerts()
                .raise(
                        "mass-deletion",
                        entity.name(),
                        count + " of " + live + " rows are gone from the source; nothing was marked");
        return true;
    }

    /** Marks the rows whose look-up found nothing; where look-ups say nothing, another listing decides. */
    void mark(RunPlan plan, LookAgain.Answers answers) {
        Verification verification = plan.verification();
        if (verification != null && !verification.marks(plan)) {
            verification.lookedUp(answers);
            return;
        }
        List<String> gone = new ArrayList<>();
        for (LookUpAnswer answer : answers.list()) {
            switch (answer.verdict()) {
                case GONE -> gone.add(answer.keyHash());
                case UNKNOWN -> plan.confirmDeletes(true);
                case PRESENT -> {}
            }
        }
        mark(plan, unseen -> unseen.mark(gone));
    }

    private void mark(RunPlan plan, ToIntFunction<Unseen> marking) {
        plan.database().transaction().executeWithoutResult(status -> {
            requireOurs(plan);
            int marked = marking.applyAsInt(PassedOver.of(plan));
            KnownListings.forget(plan.stores(), plan.entity().uid());
            plan.stores().runs().add(plan.run(), new RunCounts(0, 0, 0, marked, 0, 0, 0, 0), 0);
            plan.stores().entities().approveDeletes(plan.entity().uid(), false);
        });
    }
}
