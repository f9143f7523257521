package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Owner;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.store.OrphanRepository.Orphan;
import dev.caravan.store.PendingChildRepository.Child;
import dev.caravan.target.sql.Changes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The steps that release records whose parents have just been stored. In a table they are stored in the same
 * transaction, by the way of all pages; what goes to another system is sent right after the run. Safe for several
 * threads.
 */
public final class Releases {
    private static final String STATE = "releasing";
    private static final int AT_ONCE = 1000;

    private final Plans plans;
    private final Targets targets;
    private final Families families;
    private final Sources sources;
    private final Clock clock;

    Releases(Plans plans, Targets targets, Families families, Sources sources, Clock clock) {
        this.plans = plans;
        this.targets = targets;
        this.families = families;
        this.sources = sources;
        this.clock = clock;
    }

    /** Whether somebody waits for what was stored; for what is being released that is asked later. */
    public boolean isAwaited(Exchange exchange) {
        return exchange.getProperty(STATE) == null && isAwaited(plan(exchange), stored(exchange));
    }

    private static boolean isAwaited(RunPlan plan, List<Row> stored) {
        String name = plan.entity().name();
        return !stored.isEmpty()
                && plan.kin().awaited()
                && (plan.stores().waiting().anyFor(name)
                        || plan.stores().orphans().anyFor(name));
    }

    private RunPlan plan(Exchange exchange) {
        return plans.of(exchange.getProperty("pages", PageBatch.class).run());
    }

    private static List<Row> stored(Exchange exchange) {
        return exchange.getProperty("changes", Changes.class).stored();
    }

    /** Finds out whose records waited for what was stored. */
    public void find(Exchange exchange) {
        RunPlan plan = plan(exchange);
        Releasing releasing = new Releasing(plan);
        look(releasing, plan, stored(exchange));
        exchange.setProperty(STATE, releasing);
    }

    /** The same for released records that were stored just now: a generation later, one after the other. */
    public void inTurn(Exchange exchange) {
        RunPlan plan = plan(exchange);
        Releasing releasing = exchange.getProperty(STATE, Releasing.class);
        releasing.underWay = false;
        Changes changes = exchange.getProperty("changes", Changes.class);
        releasing.child(plan.entity()).inserted += changes.counts().inserted();
        if (isAwaited(plan, stored(exchange))) {
            look(releasing, plan, stored(exchange));
        }
    }

    private void look(Releasing releasing, RunPlan plan, List<Row> stored) {
        List<String> arrived = keys(stored);
        for (EntityRecord entity : waitingEntities(plan, arrived)) {
            if (isStoredHere(plan, entity)) {
                releasing.left.add(new Releasing.Generation(plan.entity().name(), arrived, entity));
            } else {
                due(plan, arrived, entity);
            }
        }
    }

    private static List<String> keys(Collection<Row> rows) {
        return rows.stream().map(row -> String.valueOf(row.keyHash())).toList();
    }

    private static List<EntityRecord> waitingEntities(RunPlan plan, List<String> arrived) {
        Stores stores = plan.stores();
        String name = plan.entity().name();
        Set<String> uids = new LinkedHashSet<>(stores.waiting().entitiesWaitingFor(name, arrived));
        uids.addAll(stores.orphans().entitiesWaitingFor(name, arrived));
        return uids.stream().map(uid -> stores.entities().get(uid)).toList();
    }

    /** Whether an entity's rows can be stored in the transaction of a run: in the same database, and by a layout that holds. */
    private boolean isStoredHere(RunPlan plan, EntityRecord entity) {
        return plan.target().equals(Targets.SQL)
                && targets.kind(entity, plan.connector()).equals(Targets.SQL)
                && entity.enabled()
                && entity.note() == null;
    }

    /** Lets records be taken up as soon as the run is over; those that were given up wait once more. */
    private static void due(RunPlan plan, List<String> arrived, EntityRecord entity) {
        String name = plan.entity().name();
        Stores stores = plan.stores();
        List<Child> given = orphans(stores, name, arrived, entity, Integer.MAX_VALUE);
        Set<String> wait = new HashSet<>();
        stores.waiting()
                .among(entity.uid(), given.stream().map(Child::keyHash).toList())
                .forEach(child -> wait.add(child.keyHash()));
        stores.waiting()
                .add(given.stream()
                        .filter(child -> !wait.contains(child.keyHash()))
                        .toList());
        stores.waiting().due(name, arrived, entity.uid());
    }

    /** Lets those that waited for stored rows be taken up as soon as the run is over. */
    void afterwards(RunPlan plan, List<Row> stored) {
        if (!isAwaited(plan, stored)) {
            return;
        }
        List<String> arrived = keys(stored);
        waitingEntities(plan, arrived).forEach(entity -> due(plan, arrived, entity));
    }

    /**
     * Pages of records to release, each made when it is asked for. Camel asks once whether there is another one before it
     * stores the one at hand, which may let more go; so the last answer may be null, which is passed over. It asks once
     * more where storing failed, to let go of what is left: then nothing is (Camel 4.18, MulticastProcessor).
     */
    public Iterator<@Nullable Page> pages(Exchange exchange) {
        Releasing state = exchange.getProperty(STATE, Releasing.class);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!state.underWay) {
                    return more(state);
                }
                boolean first = !state.asked;
                state.asked = true;
                return first;
            }

            @Override
            public @Nullable Page next() {
                state.underWay = more(state);
                state.asked = false;
                return state.underWay ? Releases.this.next(state) : null;
            }
        };
    }

    /** Whether there are more records to release; if so, the next ones are at hand. */
    private static boolean more(Releasing state) {
        while (state.some.isEmpty() && !state.left.isEmpty()) {
            Releasing.Generation next = state.left.remove();
            state.some = take(state.parent.stores(), next);
            if (!state.some.isEmpty()) {
                state.left.addFirst(next);
            }
        }
        return !state.some.isEmpty();
    }

    /** The records at hand, as a page of their entity's run. */
    private Page next(Releasing state) {
        EntityRecord entity = state.left.element().entity();
        Releasing.Open child = state.children.computeIfAbsent(entity.uid(), any -> open(state.parent, entity));
        child.pages++;
        Page page = WaitingFeed.page(child.plan, child.pages, state.some);
        state.some = List.of();
        return page;
    }

    /** Takes some records out of those that wait; whatever becomes of them is kept anew. */
    private static List<Child> take(Stores stores, Releasing.Generation next) {
        String entity = next.entity().uid();
        List<Child> some = stores.waiting().waitingFor(next.parent(), next.arrived(), entity, AT_ONCE);
        stores.waiting().forget(entity, some.stream().map(Child::keyHash).toList());
        return some.isEmpty() ? orphans(stores, next.parent(), next.arrived(), next.entity(), AT_ONCE) : some;
    }

    /** Takes dead letters out that some parents resolve, as records that wait for them. */
    private static List<Child> orphans(
            Stores stores, String parent, List<String> arrived, EntityRecord entity, int most) {
        List<Orphan> orphans = stores.orphans().waitingFor(parent, arrived, entity.uid(), most);
        stores.orphans().delete(orphans);
        List<Child> children = new ArrayList<>();
        for (Orphan each : orphans) {
            children.add(new Child(
                    each.uid(),
                    null,
                    entity.uid(),
                    each.keyHash(),
                    each.reference(),
                    parent,
                    each.parentKeyHash(),
                    each.raw(),
                    null,
                    each.rowVersion(),
                    0));
        }
        return children;
    }

    /** Opens the run in which an entity's released records count: one for all transactions of the run that releases them. */
    private Releasing.Open open(RunPlan parent, EntityRecord entity) {
        ConnectorSettings connector = parent.connector();
        Stores stores = parent.stores();
        String run = parent.releases().get(entity.uid());
        if (run == null || !stores.runs().reopen(run)) {
            run = stores.runs()
                    .open(
                            entity.uid(),
                            "retry",
                            parent.trigger(),
                            null,
                            Owner.current().node());
            parent.releases().put(entity.uid(), run);
        }
        RunPlan child = new RunPlan(
                run,
                parent.trigger(),
                entity,
                connector,
                parent.database(),
                Targets.SQL,
                new ReleaseFeed(),
                new ReplayShape(sources.of(connector).shape(entity, connector)),
                families.of(entity, connector, stores),
                parent.releases(),
                clock.instant());
        int pages = (int) stores.runs().find(run).orElseThrow().pages();
        plans.add(child);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                plans.remove(child);
            }
        });
        child.open(targets.of(Targets.SQL).open(child));
        return new Releasing.Open(child, pages);
    }

    /** A page as what is stored in one transaction, in the same way as the pages before it. */
    public PageBatch batch(Exchange exchange) {
        Page page = exchange.getMessage().getBody(Page.class);
        String way = exchange.getProperty("way", "", String.class);
        return new PageBatch(page.run(), plans.of(page.run()).storeRoute() + way, List.of(page));
    }

    /** Once all are stored: the runs in which they count are over. */
    public void end(Exchange exchange) {
        Releasing releasing = exchange.getProperty(STATE, Releasing.class);
        if (releasing.underWay || !releasing.left.isEmpty()) {
            throw new IllegalStateException("Some records that waited for "
                    + releasing.parent.entity().name() + " were left behind; nothing of this transaction is kept");
        }
        for (Releasing.Open child : releasing.children.values()) {
            child.plan.stores().entities().addToTotal(child.plan.entity().uid(), child.inserted);
            child.plan.stores().runs().finish(child.plan.run(), "completed", null, null);
            child.plan.forget();
        }
        exchange.removeProperty(STATE);
    }
}
