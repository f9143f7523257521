package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Page;
import dev.caravan.model.RunCounts;
import dev.caravan.schema.SchemaChange;
import dev.caravan.target.Load;
import dev.caravan.target.schedulehub.HubFormat;
import dev.caravan.target.schedulehub.HubResult;
import dev.caravan.target.schedulehub.HubState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The steps of ScheduleHub's routes. What it holds is asked of it; which records those are is remembered here, because it
 * cannot be listed. Safe for several threads.
 */
public final class HubTarget implements Target {
    private final Settings settings;
    private final TargetDatabases databases;
    private final Plans plans;
    private final Vanished vanished;
    private final Resolver resolver;
    private final Releases releases;

    HubTarget(
            Settings settings,
            TargetDatabases databases,
            Plans plans,
            Vanished vanished,
            Resolver resolver,
            Releases releases) {
        this.settings = settings;
        this.databases = databases;
        this.plans = plans;
        this.vanished = vanished;
        this.resolver = resolver;
        this.releases = releases;
    }

    @Override
    public void prepare(EntityRecord entity, ConnectorSettings connector) {}

    @Override
    public boolean isThere(EntityRecord entity, ConnectorSettings connector) {
        return true;
    }

    @Override
    public void follow(EntityRecord entity, ConnectorSettings connector, List<SchemaChange> changes) {}

    /** Under a new key all hashes are new: what is held under old ones goes with the next full pass. */
    @Override
    public void setAside(EntityRecord entity, ConnectorSettings connector) {}

    @Override
    public Load open(RunPlan plan) {
        HubFormat.requireFree(plan.shape().target(), plan.entity().name());
        ConnectorSettings hub = plan.settings()
                .target()
                .flatMap(settings::connector)
                .orElseThrow(() -> new IllegalStateException(plan.entity().name() + " has no target"));
        return new HubLoad(plan, hub);
    }

    @Override
    public Set<String> stored(EntityRecord entity, ConnectorSettings connector, Collection<String> keyHashes) {
        return databases.of(connector).stores().sent().held(entity.uid(), keyHashes);
    }

    @Override
    public @Nullable String versionBelow(EntityRecord entity, ConnectorSettings connector, String cursor) {
        return databases.of(connector).stores().sent().versionBelow(entity.uid(), cursor);
    }

    private RunPlan plan(Exchange exchange) {
        PageBatch batch = exchange.getProperty("pages", PageBatch.class);
        return plans.of(batch == null ? exchange.getProperty("run", String.class) : batch.run());
    }

    private static HubLoad load(RunPlan plan) {
        return (HubLoad) plan.load();
    }

    private HubLoad load(Exchange exchange) {
        return load(plan(exchange));
    }

    /** Takes the pages; answers how ScheduleHub is asked what it holds of them. */
    public List<HubRequest> lookUps(Exchange exchange) {
        RunPlan plan = plan(exchange);
        vanished.requireOurs(plan);
        HubLoad load = load(plan);
        load.begin(exchange.getProperty("pages", PageBatch.class).pages());
        return load.lookUps(load.work().keys());
    }

    /** Takes what ScheduleHub holds. */
    public void held(HubAnswer answer) {
        load(plans.of(answer.request().run())).work().holds(answer.states());
    }

    /** Decides what is new or changed. */
    public void delta(Exchange exchange) {
        load(exchange).decide();
    }

    /** Holds back the rows whose parents are not there. */
    public void resolve(Exchange exchange) {
        RunPlan plan = plan(exchange);
        HubLoad load = load(plan);
        load.work().holdBack(resolver.decide(plan, load.work().toSend()));
    }

    /** The calls that send what is to be sent. */
    public List<HubRequest> batches(Exchange exchange) {
        return load(exchange).sends();
    }

    /** Notes that a batch is about to be sent. */
    public void sending(HubRequest request) {
        if (request.batch() != null) {
            load(plans.of(request.run())).work().sending(request.batch());
        }
    }

    /** Takes what became of a batch. */
    public void took(HubAnswer answer) {
        if (answer.request().batch() != null) {
            load(plans.of(answer.request().run())).work().took(answer.request().batch(), answer.results());
        }
    }

    /** Sends the records of the pages at hand one by one from now on. */
    public void oneByOne(Exchange exchange) {
        load(exchange).oneByOne();
    }

    /** Counts, dead letters, what is held and the checkpoint, in one transaction. */
    public void track(Exchange exchange) {
        RunPlan plan = plan(exchange);
        HubLoad load = load(plan);
        List<Page> pages = exchange.getProperty("pages", PageBatch.class).pages();
        plan.database().transaction().executeWithoutResult(status -> {
            Tracking.claim(plan, pages);
            Tracking.track(
                    plan,
                    pages,
                    load.work().counts(),
                    load.work().letters(),
                    load.work().stored());
            resolver.track(plan, pages, load.work().heldBack());
            resolver.lookAgain(plan, load.work().heldBack());
            load.note(pages);
            releases.afterwards(plan, load.work().stored());
        });
        load.landed();
    }

    /** At the end of a first load's listing. */
    public void finishLoad(Exchange exchange) {
        RunPlan plan = plan(exchange);
        if (load(plan).isFirst()) {
            exchange.setProperty("wasFirst", true);
            plan.database().transaction().executeWithoutResult(status -> {
                vanished.requireOurs(plan);
                plan.stores().entities().setFirstLoad(plan.entity().uid(), false);
            });
            load(plan).finishFirst();
        }
    }

    /** The rows that seem to be gone, as look-ups. */
    public List<SourceRequest> gone(Exchange exchange) {
        boolean wasFirst = Boolean.TRUE.equals(exchange.removeProperty("wasFirst"));
        return wasFirst ? List.of() : vanished.gone(plan(exchange));
    }

    /** Marks the rows whose look-up found nothing as to be deleted. */
    public void markGone(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof LookAgain.Answers answers) {
            vanished.mark(plan(exchange), answers);
        }
    }

    /** Whether more records are to be deleted; if so, the next ones are at hand. */
    public boolean moreGoing(Exchange exchange) {
        return !load(exchange).going().isEmpty();
    }

    /** How ScheduleHub is asked what it still holds of the records at hand. */
    public HubRequest lookUpGoing(Exchange exchange) {
        HubLoad load = load(exchange);
        return load.lookUps(load.goingKeys()).get(0);
    }

    /** The call that deletes what it still holds of them; the records are remembered under its uids. */
    public HubRequest deletion(Exchange exchange) {
        HubAnswer answer = exchange.getMessage().getBody(HubAnswer.class);
        Map<String, String> keys = new HashMap<>();
        List<String> uids = new ArrayList<>();
        for (HubState state : answer.states()) {
            keys.put(state.uid(), state.keyHash());
            uids.add(state.uid());
        }
        exchange.setProperty("going", keys);
        return load(exchange).deletion(uids);
    }

    /** Whether there is anything to delete. */
    public boolean anyToDelete(HubRequest request) {
        return !request.names().isEmpty();
    }

    /** Takes what became of a deletion, or that nothing was there to delete: what is gone is forgotten and counted. */
    public void deleted(Exchange exchange) {
        RunPlan plan = plan(exchange);
        Map<?, ?> keys = exchange.getProperty("going", Map.class);
        Map<String, String> kept = new LinkedHashMap<>();
        if (exchange.getMessage().getBody() instanceof HubAnswer answer) {
            for (HubResult result : answer.results()) {
                if (result.error() != null) {
                    String uid = answer.request().names().get(result.index());
                    kept.put(String.valueOf(keys.get(uid)), result.error());
                }
            }
        }
        plan.database().transaction().executeWithoutResult(status -> {
            vanished.requireOurs(plan);
            List<String> gone = load(plan).gone(List.copyOf(kept.keySet()));
            HubDeletions.settle(plan, gone, kept);
            int forgotten = plan.stores().sent().forget(plan.entity().uid(), gone);
            plan.stores().runs().add(plan.run(), new RunCounts(0, 0, 0, forgotten, 0, 0, 0, 0), 0);
        });
    }
}
