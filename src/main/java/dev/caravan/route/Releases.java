package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.store.OrphanRepository.Orphan;
import dev.caravan.store.PendingChildRepository.Child;
import dev.caravan.target.sql.Changes;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.camel.Exchange;
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

    /** What is left to release after some pages. */
    private static final class Releasing {
        private final RunPlan parent;
        private final List<String> arrived;
        private final Deque<EntityRecord> entities = new ArrayDeque<>();
        private final Map<String, RunPlan> children = new LinkedHashMap<>();
        private int pages;
        private List<Child> some = List.of();

        Releasing(RunPlan parent, List<String> arrived) {
            this.parent = parent;
            this.arrived = arrived;
        }
    }

    /** Whether somebody waits for what was stored. */
    public boolean isAwaited(Exchange exchange) {
        Changes changes = exchange.getProperty("changes", Changes.class);
        RunPlan plan = plans.of(exchange.getProperty("pages", PageBatch.class).run());
        return !changes.stored().isEmpty() && isAwaited(plan);
    }

    private static boolean isAwaited(RunPlan plan) {
        String name = plan.entity().name();
        return plan.kin().awaited()
                && (plan.stores().waiting().anyFor(name)
                        || plan.stores().orphans().anyFor(name));
    }

    /** Finds out whose records waited for what was stored. */
    public void find(Exchange exchange) {
        Changes changes = exchange.getProperty("changes", Changes.class);
        RunPlan plan = plans.of(exchange.getProperty("pages", PageBatch.class).run());
        Releasing releasing = new Releasing(plan, keys(changes.stored()));
        for (EntityRecord entity : waitingEntities(plan, releasing.arrived)) {
            if (isStoredHere(plan, entity)) {
                releasing.entities.add(entity);
            } else {
                due(plan, releasing.arrived, entity);
            }
        }
        exchange.setProperty(STATE, releasing);
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

    private static void due(RunPlan plan, List<String> arrived, EntityRecord entity) {
        String name = plan.entity().name();
        plan.stores().waiting().due(name, arrived, entity.uid());
        plan.stores().orphans().due(name, arrived, entity.uid());
    }

    /** Lets those that waited for stored rows be taken up as soon as the run is over. */
    void afterwards(RunPlan plan, List<Row> stored) {
        if (stored.isEmpty() || !isAwaited(plan)) {
            return;
        }
        List<String> arrived = keys(stored);
        waitingEntities(plan, arrived).forEach(entity -> due(plan, arrived, entity));
    }

    /** Pages of records to release, each made when it is asked for. */
    public Iterator<Page> pages(Exchange exchange) {
        Releasing state = exchange.getProperty(STATE, Releasing.class);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return more(state);
            }

            @Override
            public Page next() {
                if (!more(state)) {
                    throw new NoSuchElementException();
                }
                RunPlan child = child(state, state.entities.element());
                state.pages++;
                Page page = WaitingFeed.page(child, state.pages, state.some);
                state.some = List.of();
                return page;
            }
        };
    }

    /** Whether there are more records to release; if so, the next ones are at hand. */
    private static boolean more(Releasing state) {
        while (state.some.isEmpty() && !state.entities.isEmpty()) {
            state.some = take(state, state.entities.element());
            if (state.some.isEmpty()) {
                state.entities.remove();
            }
        }
        return !state.some.isEmpty();
    }

    private RunPlan child(Releasing state, EntityRecord entity) {
        RunPlan open = state.children.get(entity.uid());
        if (open != null) {
            return open;
        }
        RunPlan child = open(state, entity);
        state.children.put(entity.uid(), child);
        return child;
    }

    /** Takes some records out of those that wait; whatever becomes of them is kept anew. */
    private static List<Child> take(Releasing state, EntityRecord entity) {
        RunPlan plan = state.parent;
        Stores stores = plan.stores();
        String name = plan.entity().name();
        List<Child> some = stores.waiting().waitingFor(name, state.arrived, entity.uid(), AT_ONCE);
        stores.waiting().forget(entity.uid(), some.stream().map(Child::keyHash).toList());
        if (!some.isEmpty()) {
            return some;
        }
        List<Orphan> orphans = stores.orphans().waitingFor(name, state.arrived, entity.uid(), AT_ONCE);
        stores.orphans().delete(orphans);
        List<Child> children = new ArrayList<>();
        for (Orphan each : orphans) {
            children.add(new Child(
                    each.uid(),
                    null,
                    entity.uid(),
                    each.keyHash(),
                    each.reference(),
                    name,
                    "",
                    each.raw(),
                    null,
                    each.rowVersion(),
                    0));
        }
        return children;
    }

    /** Opens the run in which an entity's released records count: one for all transactions of the run that releases them. */
    private RunPlan open(Releasing state, EntityRecord entity) {
        RunPlan parent = state.parent;
        ConnectorSettings connector = parent.connector();
        Stores stores = parent.stores();
        String run = parent.releases().get(entity.uid());
        if (run == null || !stores.runs().reopen(run)) {
            run = stores.runs().open(entity.uid(), "retry", parent.trigger(), null, Processes.node());
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
        state.pages = (int) stores.runs().find(run).orElseThrow().pages();
        plans.add(child);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                plans.remove(child);
            }
        });
        child.open(targets.of(Targets.SQL).open(child));
        return child;
    }

    /** A page as what is stored in one transaction, in the same way as the pages before it. */
    public PageBatch batch(Exchange exchange) {
        Page page = exchange.getMessage().getBody(Page.class);
        String way = exchange.getProperty("way", "", String.class);
        return new PageBatch(page.run(), plans.of(page.run()).storeRoute() + way, List.of(page));
    }

    /** Once all are stored: the runs in which they count are over. */
    public void end(Exchange exchange) {
        for (RunPlan child :
                exchange.getProperty(STATE, Releasing.class).children.values()) {
            child.stores().runs().finish(child.run(), "completed", null, null);
            child.forget();
        }
    }
}
