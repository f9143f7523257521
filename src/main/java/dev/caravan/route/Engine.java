package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.target.sql.Adoption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Channel;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The running thing: the database, the beans, and Camel with the routes. */
public final class Engine implements AutoCloseable {
    /** Alerts of entities that are left out, with the code of each. */
    private static final Map<String, String> LEFT_OUT =
            Map.of(DataverseDiscovery.UNFIT, Adoption.UNFIT, Misdescribed.ALERT, Misdescribed.CODE);

    /** Before it is known how many runs there will be. */
    private static final int MOST_LANES_AHEAD = 32;

    private final Settings settings;
    private final TargetDatabases databases;
    private final Main main = new CaravanMain();
    private final ExecutorService workers;
    private final Heart heart;
    private final Desk desk;
    private final Timetable timetable;
    private final Families families;
    private final Retries retries;
    private final Beans beans;
    private final Sources sources;
    private final ProducerTemplate producer;
    private final MadeRoutes made;

    private Engine(Settings settings, Clock clock, UnaryOperator<DataSource> gate, boolean serves) throws Exception {
        this.settings = settings;
        this.databases = TargetDatabases.open(settings, clock, gate);
        try {
            this.workers = Executors.newFixedThreadPool(settings.workers());
            this.beans = new Beans(settings, databases, clock);
            this.sources = beans.sources();
            this.desk = beans.desk();
            this.timetable = beans.timetable();
            this.families = beans.families();
            beans.bind(main);
            main.bind("workers", workers);
            start(serves);
            databases.awaitMigrations();
            QuartzAlarm alarm = new QuartzAlarm(main.getCamelContext());
            beans.reruns().use(alarm);
            this.made = new MadeRoutes(main.getCamelContext(), settings, beans.lanes(), alarm);
            made.ways(Beans.TARGET_TYPES, databases.all());
            this.producer = main.getCamelContext().createProducerTemplate();
            beans.caller().use(producer);
            this.retries = new Retries(databases, producer);
            this.heart = new Heart(databases);
        } catch (Exception failed) {
            main.stop();
            databases.close();
            throw failed;
        }
    }

    /**
     * Starts everything but the schedules.
     *
     * @throws CaravanException if the database cannot be used or a route is wrong
     */
    public static Engine start(Settings settings, Clock clock) {
        return start(settings, clock, UnaryOperator.identity());
    }

    /** The same with a gate that all connections to the database go through, for those who watch or disturb them. */
    public static Engine start(Settings settings, Clock clock, UnaryOperator<DataSource> gate) {
        return start(settings, clock, gate, true);
    }

    /** Starts what one pass needs: without schedules, and without JMX unless the configuration passes that on. */
    public static Engine startOnce(Settings settings, Clock clock) {
        return start(settings, clock, UnaryOperator.identity(), false);
    }

    private static Engine start(Settings settings, Clock clock, UnaryOperator<DataSource> gate, boolean serves) {
        try {
            return new Engine(settings, clock, gate, serves);
        } catch (CaravanException known) {
            throw known;
        } catch (Exception failed) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "START_FAILED",
                    "The routes in " + settings.routes() + " could not be started: " + failed.getMessage(),
                    failed);
        }
    }

    /** Who starts an engine ends it, at a signal too; Camel's own hook would keep every engine until the process ends. */
    private void start(boolean serves) throws Exception {
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        CamelOptions.of(settings, serves).forEach(main::addInitialProperty);
        settings.passedOn().forEach(main::addInitialProperty);
        main.start();
    }

    /** From now on a source that does not answer is given up after this time. */
    public void hurry(Duration most) {
        beans.governor().hurry(most);
    }

    /** What is remembered in the main database; where no connector uses that, in the first one. */
    public Stores stores() {
        return databases.main().stores();
    }

    /** What is remembered beside the rows of a connector. */
    public Stores stores(ConnectorSettings connector) {
        return databases.of(connector).stores();
    }

    /** All entities of the connectors that are configured, by name. */
    public List<EntityRecord> entities() {
        return databases.entities();
    }

    /**
     * Lets the runs under way end at their page, and opens none. Returns at once; {@link #sync} returns when they have
     * ended.
     */
    public void stop() {
        desk.stop();
        for (Route route : context().getRoutes()) {
            route.getServices().stream()
                    .flatMap(service -> ServiceHelper.getChildServices(service, true).stream())
                    .filter(Channel.class::isInstance)
                    .map(channel -> ((Channel) channel).getErrorHandler())
                    .filter(ShutdownPrepared.class::isInstance)
                    .forEach(waiting -> ((ShutdownPrepared) waiting).prepareShutdown(false, false));
        }
    }

    /** Camel, for those who look at its routes. */
    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Asks a connector what it publishes; answers what was new or different, a line each. */
    public List<String> discover(ConnectorSettings connector) {
        try {
            return sources.of(connector).discover(connector);
        } catch (DataAccessException | TransactionException failed) {
            throw Faults.of(failed);
        }
    }

    /**
     * The same before a pass. While the source is asked and answers, lanes are opened for the runs.
     *
     * @param runs how many there will be, about
     * @throws CaravanException as {@link #discover} does
     */
    public List<String> discoverToSync(ConnectorSettings connector, int runs) {
        Future<List<String>> asked = workers.submit(() -> discover(connector));
        try {
            made.openLanesWhile(() -> !asked.isDone(), Math.min(runs, MOST_LANES_AHEAD));
            return asked.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Faults.of(stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error fatal) {
                throw fatal;
            }
            throw failed.getCause() instanceof RuntimeException own ? own : Faults.of(failed.getCause());
        } finally {
            asked.cancel(true);
        }
    }

    /** What a connector was to bring and is left out since it was discovered last: by entity, why. */
    public Map<String, CaravanException> leftOut(ConnectorSettings connector) {
        Map<String, CaravanException> leftOut = new TreeMap<>();
        stores(connector).alerts().open().stream()
                .filter(alert -> alert.subject().startsWith(connector.name() + "."))
                .forEach(alert -> Optional.ofNullable(LEFT_OUT.get(alert.kind()))
                        .ifPresent(code -> leftOut.put(
                                alert.subject(),
                                new CaravanException(FaultKind.CONFIGURATION, code, alert.message()))));
        return leftOut;
    }

    /**
     * One pass over entities, as many at once as there are workers. The first runs begin while lanes are still opened for
     * the others.
     *
     * @param listener told as each ends, from several threads
     */
    public List<Outcome> sync(List<EntityRecord> entities, SyncOptions options, Consumer<Outcome> listener) {
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        desk.use(options, outcome -> {
            outcomes.add(outcome);
            listener.accept(outcome);
        });
        List<String> later = new ArrayList<>();
        databases.all().forEach(timetable::remember);
        made.openLanes(1);
        entities.forEach(made::pass);
        for (List<EntityRecord> generation : families.generations(entities)) {
            List<String> names = new ArrayList<>();
            generation.forEach(entity -> (hangsOnOthers(entity) ? later : names).add(entity.name()));
            Future<Object> generationPass = producer.asyncRequestBody("direct:sync-all", names);
            try {
                made.openLanes(entities.size());
            } finally {
                producer.extractFutureBody(generationPass, Object.class);
            }
        }
        new LinkedPass(desk, producer).sync(later, options).forEach(outcome -> {
            outcomes.add(outcome);
            listener.accept(outcome);
        });
        desk.use(options.withoutWaiting(), outcome -> {
            if (!outcome.status().equals(Ending.LOCKED)) {
                outcomes.add(outcome);
                listener.accept(outcome);
            }
        });
        retries.waiting(entity -> families.concerns(entity, entities));
        prune();
        return Outcome.together(outcomes);
    }

    private boolean hangsOnOthers(EntityRecord entity) {
        return settings.connector(entity.connector())
                .map(connector -> sources.of(connector).hangsOnOthers(entity, connector))
                .orElse(false);
    }

    /** Compares tables with their sources; the listener is told as each ends, from several threads. */
    public List<Outcome> verify(List<Verify> wanted, SyncOptions options, Consumer<Outcome> listener) {
        made.openLanes(wanted.size());
        List<EntityRecord> last =
                entities().stream().filter(this::hangsOnOthers).toList();
        return new VerifyPass(desk, producer).verify(wanted, last, options, listener);
    }

    /**
     * Lets dead letters go through the stages once more, one entity after the other.
     *
     * @param listener told as each ends
     */
    public List<Outcome> retry(List<Replay> replays, SyncOptions options, Consumer<Outcome> listener) {
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        desk.use(options, outcome -> {
            outcomes.add(outcome);
            listener.accept(outcome);
        });
        made.openLanes(1);
        replays.forEach(replay -> producer.requestBody("direct:retry", replay));
        return List.copyOf(outcomes);
    }

    /**
     * The same for those whose time has come, and for records that wait for their parents, while the schedules run. An
     * entity that is being synced, or not loaded whole yet, is passed over.
     */
    public void retryDue() {
        retries.letters();
        retries.waiting(any -> true);
    }

    /**
     * Gives each entity its live route with a Quartz trigger, and takes the routes of all others away; a run that is under
     * way there ends first. Routes that are there already stay as they are, stopped ones too. Called by one thread.
     */
    public void schedule(List<EntityRecord> entities, Consumer<Outcome> listener) {
        desk.use(new SyncOptions(false, "schedule", Duration.ZERO), listener);
        databases.all().forEach(timetable::remember);
        made.openLanes(settings.workers());
        made.schedule(entities);
    }

    /** Forgets runs that are older than the settings keep them. */
    public void prune() {
        databases
                .all()
                .forEach(database -> Tidy.quietly(() -> database.stores().runs().prune(settings.keepRuns())));
    }

    /** How many rows an entity has, as its source says; empty where it does not say. */
    public OptionalLong rows(EntityRecord entity, ConnectorSettings connector) {
        return sources.of(connector).rows(entity, connector);
    }

    @Override
    public void close() {
        desk.stop();
        heart.close();
        databases.rest();
        try {
            made.closeLanes();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        main.stop();
        workers.shutdown();
        databases.close();
    }
}
