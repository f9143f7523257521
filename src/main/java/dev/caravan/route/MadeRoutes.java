package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.ShutdownPrepared;

/** The routes made from the templates: ways to remote systems, stores, lanes, entities. Used by one thread. */
final class MadeRoutes {
    private static final int MOST_SECONDS_TO_END = 5;

    private final CamelContext context;
    private final Settings settings;
    private final Lanes lanes;
    private final QuartzAlarm alarm;
    private final Set<String> scheduled = new TreeSet<>();
    private final Map<String, String> triggers = new HashMap<>();
    private int lanesOpen;

    MadeRoutes(CamelContext context, Settings settings, Lanes lanes, QuartzAlarm alarm) {
        this.context = context;
        this.settings = settings;
        this.lanes = lanes;
        this.alarm = alarm;
    }

    /** The ways to the connectors, those to targets also with a short time-out, and the transactions of each database. */
    void ways(Collection<String> targetTypes, Collection<TargetDatabase> databases) {
        for (ConnectorSettings connector : settings.connectors()) {
            way(connector.name(), connector, connector.dataTimeout());
            if (targetTypes.contains(connector.type())) {
                way(connector.name() + ".quick", connector, connector.timeout());
            }
        }
        for (TargetDatabase database : databases) {
            for (String way : List.of("", "-row-by-row")) {
                from("store-sql", "store-sql" + database.suffix() + way)
                        .parameter("suffix", database.suffix())
                        .parameter("way", way)
                        .add();
                from("write-sql" + way, "write-sql" + database.suffix() + way)
                        .parameter("suffix", database.suffix())
                        .add();
            }
        }
    }

    private TemplatedRouteBuilder from(String template, String id) {
        return TemplatedRouteBuilder.builder(context, template).routeId(id).prefixId(id + ".");
    }

    private void way(String name, ConnectorSettings connector, Duration responseTimeout) {
        from("connector", name + ".http")
                .parameter("connector", name)
                .parameter("connectTimeout", Long.toString(connector.timeout().toMillis()))
                .parameter("responseTimeout", Long.toString(responseTimeout.toMillis()))
                .add();
    }

    /** As many lanes as runs can be under way at once. */
    void openLanes(int runs) {
        int wanted = Math.min(runs, settings.workers());
        while (lanesOpen < wanted) {
            openLane();
        }
    }

    /** One lane after the other as long as there is time for it, no more than runs can be under way at once. */
    void openLanesWhile(BooleanSupplier time, int runs) {
        int most = Math.min(runs, settings.workers());
        while (lanesOpen < most && time.getAsBoolean()) {
            openLane();
        }
    }

    private void openLane() {
        int lane = lanesOpen + 1;
        for (String half : List.of("page", "store")) {
            from(half + "-lane", half + "-lane-" + lane)
                    .parameter("lane", Integer.toString(lane))
                    .add();
        }
        lanes.open(lane);
        lanesOpen = lane;
    }

    /**
     * Has the threads of all lanes end together where nothing travels on them: Camel waits for one after the other, and each
     * looks only now and then whether it is to end.
     */
    void closeLanes() throws InterruptedException {
        if (!lanes.close()) {
            return;
        }
        ExecutorService together = Executors.newCachedThreadPool();
        for (Route route : context.getRoutes()) {
            boolean lane = route.getRouteId().matches("(page|store)-lane-\\d+");
            if (lane && route.getConsumer() instanceof ShutdownPrepared consumer) {
                together.execute(() -> consumer.prepareShutdown(false, false));
            }
        }
        together.shutdown();
        if (!together.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
            together.shutdownNow();
        }
    }

    /** The live route of an entity for single passes, if it is not there from an earlier one. */
    void pass(EntityRecord entity) {
        String trigger = "direct:" + entity.name();
        if (!trigger.equals(triggers.get(entity.name()))) {
            entity(entity, trigger);
        }
    }

    /** The live route of an entity, with what starts a run. */
    private void entity(EntityRecord entity, String trigger) {
        try {
            from("entity", entity.name())
                    .parameter("entity", entity.name())
                    .parameter("trigger", trigger)
                    .add();
            triggers.put(entity.name(), trigger);
        } catch (RuntimeException wrong) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "SCHEDULE_WRONG",
                    entity.name() + ": its route cannot be made: " + wrong.getMessage(),
                    wrong);
        }
    }

    /** A live route with a Quartz trigger for each of these; the routes of all others go when their runs have ended. */
    void schedule(List<EntityRecord> entities) {
        Set<String> gone = new TreeSet<>(scheduled);
        List<EntityRecord> added = new ArrayList<>();
        for (EntityRecord entity : entities) {
            gone.remove(entity.name());
            if (!scheduled.contains(entity.name())) {
                added.add(entity);
            }
        }
        if (!added.isEmpty()) {
            add(added);
        }
        gone.forEach(this::unschedule);
    }

    /**
     * Quartz stands by until all are there, so triggers may begin in the past ({@code triggerStartDelay}): by itself, Camel
     * has each begin half a second later, Quartz fires it up to 2 ms before that, and Camel passes over what fires before
     * it begins. The first run would be lost.
     */
    private void add(List<EntityRecord> entities) {
        alarm.hold();
        try {
            for (EntityRecord entity : entities) {
                Optional<ConnectorSettings> connector = settings.connector(entity.connector());
                if (connector.isPresent()) {
                    entity(entity, trigger(entity, connector.get()));
                    scheduled.add(entity.name());
                }
            }
        } finally {
            alarm.go();
        }
    }

    private void unschedule(String name) {
        try {
            alarm.cancel(name);
            context.getRouteController().stopRoute(name);
            context.removeRoute(name);
            scheduled.remove(name);
            triggers.remove(name);
        } catch (Exception stuck) {
            throw new CaravanException(
                    FaultKind.INTERNAL,
                    "ROUTE_STUCK",
                    "The route " + name + " does not end: " + stuck.getMessage(),
                    stuck);
        }
    }

    private static String trigger(EntityRecord entity, ConnectorSettings connector) {
        ConnectorSettings.Schedule schedule =
                TableSettings.of(connector, entity).schedule().orElse(connector.schedule());
        String name = "quartz:" + entity.connector() + "/" + entity.slug() + "?stateful=true&triggerStartDelay=-1&";
        return schedule.cron()
                .map(cron -> name + "cron=" + cron.replace(' ', '+'))
                .orElseGet(() -> name + "trigger.repeatCount=-1&trigger.repeatInterval="
                        + schedule.every().toMillis());
    }
}
