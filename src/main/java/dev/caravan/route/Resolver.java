package dev.caravan.route;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.resolve.Held;
import dev.caravan.resolve.Orphan;
import dev.caravan.resolve.RecordKey;
import dev.caravan.resolve.Resolution;
import dev.caravan.resolve.Waiting;
import dev.caravan.schema.RowJson;
import dev.caravan.store.OrphanRepository;
import dev.caravan.store.PendingChildRepository;
import dev.caravan.store.PendingChildRepository.Child;
import dev.caravan.store.Uids;
import dev.caravan.target.Letters;
import dev.caravan.target.sql.Changes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stage RESOLVE: a row whose parent is not stored waits, or is a dead letter where waiting is of no use. Parents are
 * looked for once for all rows of a transaction. Safe for several threads.
 */
public final class Resolver {
    private static final String STAGE = "RESOLVE";

    private final Plans plans;
    private final Targets targets;

    Resolver(Plans plans, Targets targets) {
        this.plans = plans;
        this.targets = targets;
    }

    /** The changes without the rows whose parents are not there. */
    public Changes resolve(Changes changes) {
        RunPlan plan = plans.of(changes.pages().get(0).run());
        Held held = decide(plan, changes.stored());
        return held.isEmpty() ? changes : changes.without(held);
    }

    /** Which of some rows that are to be stored are not, for want of their parents. */
    Held decide(RunPlan plan, List<Row> rows) {
        Kin kin = plan.kin();
        if (kin.parents().isEmpty() || rows.isEmpty()) {
            return Held.NONE;
        }
        List<Orphan> orphans = new ArrayList<>();
        List<Resolution.Candidate> candidates = new ArrayList<>(rows.size());
        for (Row row : rows) {
            try {
                candidates.add(new Resolution.Candidate(row, kin.parentsOf(row)));
            } catch (RecordFault fault) {
                orphans.add(orphan(row, null, fault.code(), String.valueOf(fault.getMessage())));
            }
        }
        Set<RecordKey> needed = new LinkedHashSet<>();
        candidates.forEach(candidate -> needed.addAll(candidate.parents()));
        List<Waiting> waiting = Resolution.waiting(plan.entity().name(), candidates, stored(plan, needed));
        return waiting.isEmpty() ? new Held(List.of(), orphans, List.of()) : judge(plan, waiting, orphans);
    }

    private static Orphan orphan(Row row, @Nullable RecordKey parent, String code, String message) {
        return new Orphan(row, Letters.of(row, STAGE, code, message), parent);
    }

    /** Those among some records that are stored. */
    private Set<RecordKey> stored(RunPlan plan, Set<RecordKey> needed) {
        Set<RecordKey> stored = new HashSet<>();
        for (ParentLink link : plan.kin().parents()) {
            EntityRecord parent = link.parent();
            Set<String> keys = new HashSet<>();
            needed.stream().filter(key -> key.entity().equals(parent.name())).forEach(key -> keys.add(key.keyHash()));
            if (!keys.isEmpty()) {
                targets.of(parent, plan.connector())
                        .stored(parent, plan.connector(), keys)
                        .forEach(key -> stored.add(new RecordKey(parent.name(), key)));
            }
        }
        return stored;
    }

    /** Waiting is of no use in a ring, after the last retry, and for what is a dead letter for the same reason already. */
    private Held judge(RunPlan plan, List<Waiting> missing, List<Orphan> orphans) {
        Ties ties = new Ties(plan, missing);
        Set<RecordKey> ring = ties.ring();
        List<String> keys = missing.stream().map(Resolver::keyHash).toList();
        Map<String, OrphanRepository.Link> known =
                plan.stores().orphans().links(plan.entity().uid(), keys);
        List<Waiting> waiting = new ArrayList<>();
        for (Waiting each : missing) {
            RecordKey self = new RecordKey(plan.entity().name(), keyHash(each));
            boolean last = plan.feed() instanceof WaitingFeed feed && feed.isLastTry(self.keyHash());
            if (ring.remove(self)) {
                orphans.add(orphan(each.row(), each.parent(), "PARENT_CYCLE", ties.story(self)));
            } else if (last || known.containsKey(self.keyHash())) {
                String parent = plan.kin().reference(each.row(), each.parent());
                orphans.add(orphan(
                        each.row(),
                        each.parent(),
                        "PARENT_MISSING",
                        "Its parent " + parent + " did not come; the record is stored as soon as it does"));
            } else {
                waiting.add(each);
            }
        }
        List<Held.InCycle> others = new ArrayList<>();
        ring.forEach(key -> others.add(new Held.InCycle(key, ties.story(key))));
        return new Held(waiting, orphans, others);
    }

    private static String keyHash(Waiting waiting) {
        return String.valueOf(waiting.row().keyHash());
    }

    /** Keeps those that wait, and lets those go that wait no longer. Inside the transaction that counts the pages. */
    void track(RunPlan plan, List<Page> pages, Held held) {
        Verification verification = plan.verification();
        if (plan.kin().parents().isEmpty() || verification != null && !verification.repairs()) {
            return;
        }
        PendingChildRepository waiting = plan.stores().waiting();
        String entity = plan.entity().uid();
        if (!held.waiting().isEmpty()) {
            waiting.add(held.waiting().stream().map(each -> child(plan, each)).toList());
            if (plan.feed() instanceof WaitingFeed feed) {
                waiting.retried(entity, feed.due(held.waitingKeys()));
            }
        }
        List<OrphanRepository.Tie> ties = new ArrayList<>();
        for (Orphan orphan : held.orphans()) {
            RecordKey parent = orphan.parent();
            if (parent != null) {
                String key = String.valueOf(orphan.row().keyHash());
                ties.add(new OrphanRepository.Tie(orphan.letter(), key, parent.entity(), parent.keyHash()));
            }
        }
        plan.stores().orphans().link(entity, ties);
        giveUp(plan, held.cycle());
        if (waiting.any(entity)) {
            Set<String> settled = new HashSet<>();
            for (Page page : pages) {
                page.rows().forEach(row -> settled.add(String.valueOf(row.keyHash())));
                page.refused().stream().map(Refusal::keyHash).forEach(key -> settled.add(String.valueOf(key)));
            }
            held.waitingKeys().forEach(settled::remove);
            waiting.forget(entity, settled);
        }
    }

    private static Child child(RunPlan plan, Waiting each) {
        Row row = each.row();
        return new Child(
                Uids.next(),
                plan.run(),
                plan.entity().uid(),
                String.valueOf(row.keyHash()),
                row.reference(),
                each.parent().entity(),
                each.parent().keyHash(),
                RowJson.write(row.sourceColumns(), row.raw()),
                row.extra() == null ? null : row.extra().toString(),
                row.rowVersion(),
                0);
    }

    /** Records that have waited since earlier, and belong to a ring as is known now. */
    private static void giveUp(RunPlan plan, List<Held.InCycle> ring) {
        Map<String, Map<String, String>> stories = new HashMap<>();
        for (Held.InCycle each : ring) {
            stories.computeIfAbsent(each.key().entity(), any -> new HashMap<>())
                    .put(each.key().keyHash(), each.message());
        }
        Stores stores = plan.stores();
        stories.forEach((name, messages) -> stores.entities().find(name).ifPresent(entity -> {
            List<DeadLetter> letters = new ArrayList<>();
            List<OrphanRepository.Tie> ties = new ArrayList<>();
            for (Child child : stores.waiting().among(entity.uid(), messages.keySet())) {
                DeadLetter letter = new DeadLetter(
                        STAGE,
                        "PARENT_CYCLE",
                        "BAD_DATA",
                        String.valueOf(messages.get(child.keyHash())),
                        child.reference(),
                        child.payload(),
                        null,
                        null,
                        child.rowVersion());
                letters.add(letter);
                ties.add(
                        new OrphanRepository.Tie(letter, child.keyHash(), child.parentEntity(), child.parentKeyHash()));
            }
            stores.deadLetters().add(plan.run(), entity.uid(), letters);
            stores.orphans().link(entity.uid(), ties);
            stores.waiting()
                    .forget(
                            entity.uid(),
                            ties.stream().map(OrphanRepository.Tie::keyHash).toList());
        }));
    }

    /** After pages were counted whose parents were looked for earlier: what came meanwhile is not waited for. */
    void lookAgain(RunPlan plan, Held held) {
        Set<RecordKey> parents = new HashSet<>();
        held.waiting().forEach(each -> parents.add(each.parent()));
        Map<String, List<String>> came = new HashMap<>();
        stored(plan, parents)
                .forEach(key -> came.computeIfAbsent(key.entity(), any -> new ArrayList<>())
                        .add(key.keyHash()));
        came.forEach((parent, keys) ->
                plan.stores().waiting().due(parent, keys, plan.entity().uid()));
    }
}
